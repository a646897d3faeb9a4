import { Avatar, Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useClient } from 'urql';
import { useLanguage } from '../language/LanguageProvider';
import { LANGUAGE_NAMES, LANGUAGES, type TextId } from '../language/languages';
import { useText } from '../language/useText';
import { signOut } from '../session/signOut';
import { useViewer } from '../session/viewer';
import { IconCheck, IconMoon, IconSignOut, IconSun, IconSystem } from '../theme/icons';
import classes from './Frame.module.css';

const SCHEMES = [
  { scheme: 'light', label: 'theme.light', icon: IconSun },
  { scheme: 'dark', label: 'theme.dark', icon: IconMoon },
  { scheme: 'auto', label: 'theme.auto', icon: IconSystem },
] as const satisfies readonly { scheme: string; label: TextId; icon: typeof IconSun }[];

/** Who is signed in; theme, language and the way out. */
export function UserMenu() {
  const say = useText();
  const client = useClient();
  const { user, role } = useViewer();
  const { language, setLanguage } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const name = user?.name || user?.email || say('frame.apiKey');
  return (
    <Menu width={232}>
      <Menu.Target>
        <UnstyledButton className={classes.person}>
          <Avatar size={24} radius="xl" name={name} color="brand" aria-hidden />
          <span className="spoken">{say('frame.user', { name })}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {user?.email ?? name}
          {role && ` · ${say(`role.${role}`)}`}
        </Menu.Label>
        <Menu.Divider />
        {SCHEMES.map(({ scheme, label, icon: Icon }) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon size={16} aria-hidden />}
            rightSection={scheme === colorScheme && <IconCheck size={14} aria-hidden />}
            onClick={() => setColorScheme(scheme)}
          >
            {say(label)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {LANGUAGES.map((choice) => (
          <Menu.Item
            key={choice}
            lang={choice}
            rightSection={choice === language && <IconCheck size={14} aria-hidden />}
            onClick={() => setLanguage(choice)}
          >
            {LANGUAGE_NAMES[choice]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconSignOut size={16} aria-hidden />} onClick={() => signOut(client)}>
          {say('frame.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
