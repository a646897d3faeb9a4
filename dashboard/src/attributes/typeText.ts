import type { AttributeType } from '../generated/graphql/graphql';
import type { Say } from '../language/useText';

/** A type in words: "whole number", "list of text". */
export function typeText(say: Say, { type, isList }: { type: AttributeType; isList: boolean }): string {
  const one = say(`type.${type}`);
  return isList ? say('type.listOf', { type: one }) : one;
}
