import type { ImportState as State } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import classes from './imports.module.css';

/** A dot and a word: readable without colour. */
export function ImportState({ state }: { state: State }) {
  const say = useText();
  return (
    <span className={classes.state} data-state={state}>
      {say(`importState.${state}`)}
    </span>
  );
}
