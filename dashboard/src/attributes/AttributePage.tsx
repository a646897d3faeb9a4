import { Button, Title } from '@mantine/core';
import { useQuery } from 'urql';
import type { AttributeQuery as Answer } from '../generated/graphql/graphql';
import { useLanguage } from '../language/LanguageProvider';
import { useText } from '../language/useText';
import { Empty } from '../page/Empty';
import { Failure } from '../page/Failure';
import { Forbidden } from '../page/Forbidden';
import { Loading } from '../page/Loading';
import { TextLink } from '../page/links';
import { Page } from '../page/Page';
import { AudienceCount } from '../profiles/AudienceLink';
import { useRight, useWorkspace } from '../session/viewer';
import { IconPencil } from '../theme/icons';
import { formatShare } from '../values/numbers';
import { ShareBar } from '../values/ShareBar';
import { TimeText } from '../values/TimeText';
import { AttributeEdit } from './AttributeEdit';
import classes from './attributes.module.css';
import { FormatText } from './FormatText';
import { PrivacyText } from './PrivacyText';
import { AttributeQuery } from './queries';
import { TopValues } from './TopValues';
import { typeText } from './typeText';
import { UsedBy } from './UsedBy';

export type AttributeDetail = NonNullable<Answer['attribute']>;

interface AttributePageProps {
  attributeKey: string;
  isEditing: boolean;
  onEditing: (isEditing: boolean) => void;
}

export function AttributePage({ attributeKey, isEditing, onEditing }: AttributePageProps) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const mayEdit = useRight('EDIT_ATTRIBUTES');
  const [{ data, error, fetching }, read] = useQuery({
    query: AttributeQuery,
    variables: { key: attributeKey },
  });
  const attribute = data?.attribute;
  const reread = () => read({ requestPolicy: 'network-only' });
  const trail = (
    <TextLink to="/w/$workspace/attributes" params={{ workspace }} search={{}}>
      {say('attributes.title')}
    </TextLink>
  );
  if (!attribute) {
    return (
      <Page title={attributeKey} trail={trail}>
        {error && <Failure error={error} what={say('attribute.failed')} onRetry={reread} />}
        {fetching && !error && <Loading />}
        {data && !fetching && <Empty title={say('attribute.gone')}>{say('attribute.goneAbout')}</Empty>}
      </Page>
    );
  }
  return (
    <Page
      title={attribute.label || attribute.key}
      trail={trail}
      status={<span className="mono muted">{attribute.key}</span>}
      about={attribute.description}
      actions={
        mayEdit &&
        !isEditing && (
          <Button
            variant="filled"
            data-shortcut="edit"
            leftSection={<IconPencil size={14} aria-hidden />}
            onClick={() => onEditing(true)}
          >
            {say('action.edit')}
          </Button>
        )
      }
    >
      {isEditing && !mayEdit && <Forbidden />}
      {isEditing && mayEdit ? (
        <AttributeEdit attribute={attribute} onDone={() => onEditing(false)} />
      ) : (
        <AttributeFacts attribute={attribute} total={data.profiles.totalCount} />
      )}
    </Page>
  );
}

function AttributeFacts({ attribute, total }: { attribute: AttributeDetail; total: number }) {
  const say = useText();
  const { language } = useLanguage();
  const filled = attribute.filledCount;
  return (
    <div className={classes.columns}>
      <div className={classes.sections}>
        <section className={classes.section}>
          <Title order={2}>{say('attributes.filled')}</Title>
          <div className={classes.big}>
            <AudienceCount count={filled} rule={`${attribute.key} exists`} />
          </div>
          {filled != null && (
            <>
              <ShareBar part={filled} whole={total} />
              <span className="muted sentence">
                {say('attribute.share', { share: formatShare(filled, total, language) })}{' '}
                <AudienceCount count={total - filled} rule={`${attribute.key} missing`} />{' '}
                {say('attribute.lackIt')}
              </span>
            </>
          )}
        </section>
        <TopValues attribute={attribute} />
      </div>
      <aside className={classes.sections} aria-label={say('attribute.definition')}>
        <section className={classes.section}>
          <Title order={2}>{say('attribute.definition')}</Title>
          <dl className={classes.facts}>
            <dt>{say('attributes.type')}</dt>
            <dd>{typeText(say, attribute)}</dd>
            {attribute.format && (
              <>
                <dt>{say('attributes.format')}</dt>
                <dd>
                  <FormatText format={attribute.format} />
                </dd>
              </>
            )}
            <dt>{say('attributes.privacy')}</dt>
            <dd>
              <PrivacyText privacyClass={attribute.privacyClass} />
            </dd>
            <dt>{say('attribute.revision')}</dt>
            <dd>{attribute.revision}</dd>
            <dt>{say('attribute.updated')}</dt>
            <dd>
              <TimeText at={attribute.updatedAt} />
            </dd>
          </dl>
        </section>
        <UsedBy attributeKey={attribute.key} />
      </aside>
    </div>
  );
}
