import { CloseButton, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useText } from '../language/useText';
import { RuleEditor } from '../rules/RuleEditor';
import { RuleProblems } from '../rules/RuleProblems';
import { RuleSentence } from '../rules/RuleSentence';
import { useRuleAnalysis } from '../rules/useRuleAnalysis';
import { IconSearch } from '../theme/icons';
import type { ProfilesView } from './ProfilesPage';
import classes from './ProfilesPage.module.css';

interface ProfileFilterProps {
  view: ProfilesView;
  onView: (view: ProfilesView, options?: { isKeystroke: boolean }) => void;
}

/** Finds one person by id, or the people of a rule. The list follows as soon as what is typed makes sense. */
export function ProfileFilter({ view, onView }: ProfileFilterProps) {
  const say = useText();
  const [rule, setRule] = useState(view.rule ?? '');
  const { current, latest } = useRuleAnalysis(rule);
  const isApplied = rule.trim() === (view.rule ?? '');

  // The address moved without the field (Back, a link): the field follows.
  useEffect(() => setRule(view.rule ?? ''), [view.rule]);

  useEffect(() => {
    const isClear = rule.trim() === '';
    if (isApplied || !(isClear || current?.isValid)) return;
    onView({ ...view, rule: isClear ? undefined : rule.trim() }, { isKeystroke: true });
  }, [rule, current, isApplied, onView, view]);

  return (
    <div>
      <div className={classes.filters}>
        <TextInput
          size="xs"
          data-shortcut="filter"
          aria-label={say('profiles.search')}
          placeholder={say('profiles.search')}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={view.search ?? ''}
          onChange={(event) =>
            onView({ ...view, search: event.currentTarget.value || undefined }, { isKeystroke: true })
          }
          rightSection={
            view.search && (
              <CloseButton
                size="xs"
                aria-label={say('action.clearFilter')}
                onClick={() => onView({ ...view, search: undefined })}
              />
            )
          }
        />
        <RuleEditor
          isOneLine
          label={say('profiles.rule')}
          placeholder={say('profiles.rulePlaceholder')}
          text={rule}
          findings={current?.diagnostics}
          onChange={setRule}
          onSubmit={() => onView({ ...view, rule: rule.trim() || undefined })}
        />
      </div>
      <div className={classes.message}>
        <RuleProblems answer={latest} isStale={!current} onChange={setRule} />
      </div>
      <RuleSentence answer={latest} className={`${classes.message} muted`} />
    </div>
  );
}
