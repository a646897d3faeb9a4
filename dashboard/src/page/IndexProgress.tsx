import { Progress, Text } from '@mantine/core';
import { useLanguage } from '../language/LanguageProvider';
import { useText } from '../language/useText';
import { formatExact } from '../values/numbers';

interface IndexProgressProps {
  loadedProfiles: number;
  totalProfiles: number;
}

/** The index is still filling: progress, never a wrong number. */
export function IndexProgress({ loadedProfiles, totalProfiles }: IndexProgressProps) {
  const say = useText();
  const { language } = useLanguage();
  const percent = totalProfiles === 0 ? 0 : (100 * loadedProfiles) / totalProfiles;
  return (
    <div role="status">
      <Text>{say('index.loading')}</Text>
      <Progress value={percent} aria-label={say('index.loading')} my={4} />
      <Text size="xs" c="dimmed">
        {say('index.progress', {
          loaded: formatExact(String(loadedProfiles), language),
          total: formatExact(String(totalProfiles), language),
        })}
      </Text>
    </div>
  );
}
