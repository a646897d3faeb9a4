import { Menu, UnstyledButton } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useText } from '../language/useText';
import { Mark } from '../session/Mark';
import { useViewer } from '../session/viewer';
import { IconCheck, IconSelector } from '../theme/icons';
import classes from './Frame.module.css';

/** Says which workspace is in view, and opens another. */
export function WorkspaceMenu() {
  const say = useText();
  const navigate = useNavigate();
  const { workspace, workspaces } = useViewer();
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <UnstyledButton
          className={classes.workspace}
          aria-label={say('frame.workspace', { name: workspace.name })}
        >
          <Mark size={20} />
          <span className="clip">{workspace.name}</span>
          <IconSelector size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {workspaces.map(({ key, name }) => (
          <Menu.Item
            key={key}
            rightSection={key === workspace.key && <IconCheck size={14} aria-hidden />}
            onClick={() => navigate({ to: '/w/$workspace', params: { workspace: key } })}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
