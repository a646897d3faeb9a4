import { Button, Menu } from '@mantine/core';
import { useLanguage } from '../language/LanguageProvider';
import { LANGUAGE_NAMES, LANGUAGES } from '../language/languages';
import { IconSelector } from '../theme/icons';

/** For visitors: inside, the language is in the user menu. */
export function LanguageMenu() {
  const { language, setLanguage } = useLanguage();
  return (
    <Menu>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="dimmed"
          rightSection={<IconSelector size={14} aria-hidden />}
        >
          {LANGUAGE_NAMES[language]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {LANGUAGES.map((choice) => (
          <Menu.Item key={choice} lang={choice} onClick={() => setLanguage(choice)}>
            {LANGUAGE_NAMES[choice]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
