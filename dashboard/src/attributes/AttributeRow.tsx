import { Table } from '@mantine/core';
import { useLanguage } from '../language/LanguageProvider';
import { useText } from '../language/useText';
import { TextLink } from '../page/links';
import { AudienceCount } from '../profiles/AudienceLink';
import { useWorkspace } from '../session/viewer';
import { formatShare } from '../values/numbers';
import { ShareBar } from '../values/ShareBar';
import classes from './attributes.module.css';
import { FormatText } from './FormatText';
import { PrivacyText } from './PrivacyText';
import { typeText } from './typeText';
import type { AttributeSummary } from './useAttributes';

export function AttributeRow({ attribute, total }: { attribute: AttributeSummary; total: number | null }) {
  const say = useText();
  const { language } = useLanguage();
  const { key: workspace } = useWorkspace();
  const { key, label, filledCount } = attribute;
  return (
    <Table.Tr data-linked>
      <Table.Td>
        <TextLink to="/w/$workspace/attributes/$key" params={{ workspace, key }} data-row-link>
          {label || key}
        </TextLink>
        <span className={classes.key}>{key}</span>
      </Table.Td>
      <Table.Td>{typeText(say, attribute)}</Table.Td>
      <Table.Td>
        <FormatText format={attribute.format} />
      </Table.Td>
      <Table.Td>
        <PrivacyText privacyClass={attribute.privacyClass} />
      </Table.Td>
      <Table.Td className={classes.bar}>
        {filledCount != null && total !== null && (
          <>
            <ShareBar part={filledCount} whole={total} />
            <span className="muted">{formatShare(filledCount, total, language)}</span>
          </>
        )}
      </Table.Td>
      <Table.Td className="number">
        <AudienceCount count={filledCount} rule={`${key} exists`} />
      </Table.Td>
    </Table.Tr>
  );
}
