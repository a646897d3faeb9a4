import type { TextId } from '../language/languages';
import { useText } from '../language/useText';
import { TextLink } from '../page/links';
import { useWorkspace } from '../session/viewer';

/** Sources and actors without a name of their own, as the server calls them. */
const WORDS: Record<string, TextId> = {
  dashboard: 'source.dashboard',
  'command line': 'source.commandLine',
  operator: 'source.operator',
};

interface SourceTextProps {
  /** In the server's words: `dashboard`, `import bank-full.csv`, `API key crm`, someone's name. */
  source: string;
  /** The import or API key it names. */
  id?: string | null | undefined;
}

/** Who said so. An import opens. */
export function SourceText({ source, id }: SourceTextProps) {
  const say = useText();
  const { key: workspace } = useWorkspace();
  if (id?.startsWith('imp_')) {
    return (
      <TextLink to="/w/$workspace/imports/$id" params={{ workspace, id }}>
        {say('source.import', { name: source.replace(/^import /, '') })}
      </TextLink>
    );
  }
  if (id?.startsWith('key_')) return <>{say('source.key', { name: source.replace(/^API key /, '') })}</>;
  const word = WORDS[source];
  return <>{word ? say(word) : source}</>;
}
