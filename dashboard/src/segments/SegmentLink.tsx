import { TextLink } from '../page/links';
import { useWorkspace } from '../session/viewer';

/** A segment by its name. */
export function SegmentLink({ segment }: { segment: { id: string; name: string } }) {
  const { key: workspace } = useWorkspace();
  return (
    <TextLink to="/w/$workspace/segments/$id" params={{ workspace, id: segment.id }}>
      {segment.name}
    </TextLink>
  );
}
