import { useQuery } from 'urql';
import type { TemplateQuery as TemplateData } from '../generated/graphql/graphql';
import { useText } from '../language/useText';
import { Empty } from '../page/Empty';
import { Failure } from '../page/Failure';
import styles from '../page/Form.module.css';
import { Loading } from '../page/Loading';
import { TextLink } from '../page/links';
import { Page } from '../page/Page';
import { useRight, useWorkspace } from '../session/viewer';
import { EditTemplate } from './EditTemplate';
import { TemplateQuery } from './queries';
import { TemplateMenu } from './TemplateMenu';

export type TemplateDetail = NonNullable<TemplateData['template']>;

interface TemplatePageProps {
  id: string;
  onDeleted: () => void;
}

/** A template: its editor, or its text for those who may only read. */
export function TemplatePage({ id, onDeleted }: TemplatePageProps) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  const mayEdit = useRight('EDIT_TEMPLATES');
  const [{ data, error }, read] = useQuery({ query: TemplateQuery, variables: { id } });
  const template = data?.template;
  return (
    <Page
      title={template?.name ?? say('template.title')}
      trail={
        <TextLink to="/w/$workspace/templates" params={{ workspace }} search={{}}>
          {say('templates.title')}
        </TextLink>
      }
      status={template && <span className="mono muted">{template.key}</span>}
      actions={template && mayEdit && <TemplateMenu template={template} onDeleted={onDeleted} />}
    >
      {error && !template && (
        <Failure
          error={error}
          what={say('template.failed')}
          onRetry={() => read({ requestPolicy: 'network-only' })}
        />
      )}
      {!data && !error && <Loading />}
      {data && !template && <Empty title={say('template.gone')}>{say('template.goneAbout')}</Empty>}
      {template && (mayEdit ? <EditTemplate template={template} /> : <TemplateText template={template} />)}
    </Page>
  );
}

function TemplateText({ template }: { template: TemplateDetail }) {
  const say = useText();
  return (
    <div className={styles.form}>
      {template.description && <p>{template.description}</p>}
      <p className="muted">
        {say('template.context')}: {say(`templateContext.${template.context}`)}
      </p>
      <pre className={styles.textBlock}>{template.body}</pre>
    </div>
  );
}
