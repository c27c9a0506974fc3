/** Entries as files: out of the browser, and into the FAQ. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';

import { t } from '../../i18n';
import { Button } from '../../ui/parts/Button';
import { AttachIcon } from '../../ui/parts/icons';
import { showToast } from '../../ui/parts/Toast';
import { tellRefusal } from '../../ui/refusals';
import { useConsole } from '../context';

export { save } from '../save';

export function ImportButton({ onDone }: { onDone: () => void }): JSX.Element {
  const { api } = useConsole();
  const field = useRef<HTMLInputElement>(null);

  const bring = async (file: File): Promise<void> => {
    const { changed } = await api.bring(file.name.endsWith('.toml') ? 'toml' : 'csv', await file.text());
    showToast({ text: t('console.imported', { count: changed.length }), tone: 'good' });
    onDone();
  };

  return (
    <>
      <input
        ref={field}
        type="file"
        hidden
        accept=".csv,.toml"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          currentTarget.value = '';
          if (file) bring(file).catch(tellRefusal);
        }}
      />
      <Button
        size="s"
        icon={AttachIcon}
        onClick={() => {
          field.current?.click();
        }}
      >
        {t('console.import')}
      </Button>
    </>
  );
}
