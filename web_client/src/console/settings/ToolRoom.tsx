/** A room of tools that agents use often, canned replies or macros: every one, and the one that is open. */
import type { ComponentChildren, JSX } from 'preact';

import { t } from '../../i18n';
import { Button } from '../../ui/parts/Button';
import { PlusIcon, type IconPart } from '../../ui/parts/icons';
import { EditorFrame } from '../EditorFrame';
import { ListRoom, useOpened, type ListItem } from '../ListRoom';
import { Shown } from '../Shown';
import type { Drafted } from '../use-draft';
import type { Loaded } from '../use-loaded';

/** The kind of tool, as the keys of its sentences have it. */
export type ToolKind = 'canned' | 'macros';

/** What an editor of a tool tells its room. */
export interface ToolEvents {
  onClose: () => void;
  onSaved: (id: string) => void;
  onRemoved: () => void;
}

export interface ToolRoomProps<Found> {
  kind: ToolKind;
  icon: IconPart;
  loaded: Loaded<Found>;
  itemsOf: (found: Found) => readonly ListItem[];
  /** The editor of the tool with this id, null for a new one; it lives as long as the key is the same. */
  edit: (found: Found, id: string | null, key: number, events: ToolEvents) => ComponentChildren;
}

export function ToolRoom<Found>({ kind, icon, loaded, itemsOf, edit }: ToolRoomProps<Found>): JSX.Element {
  const { opened, open, close, became } = useOpened();
  const events: ToolEvents = {
    onClose: close,
    onSaved: (id) => {
      became(id);
      loaded.reload();
    },
    onRemoved: () => {
      close();
      loaded.reload();
    },
  };
  const add = (
    <Button size="s" kind="primary" icon={PlusIcon} onClick={() => { open(null); }}>
      {t(`console.settings.${kind}.new`)}
    </Button>
  );
  return (
    <Shown loaded={loaded}>
      {(found) => (
        <ListRoom
          label={t(`console.settings.${kind}`)}
          icon={icon}
          items={itemsOf(found)}
          opened={opened}
          onOpen={open}
          chooseTitle={t(`console.settings.${kind}.choose`)}
          chooseText={t(`console.settings.${kind}.choose.text`)}
          emptyTitle={t(`console.settings.${kind}.none`)}
          emptyText={t(`console.settings.${kind}.choose.text`)}
          first={add}
        >
          {opened !== null && edit(found, opened.id, opened.key, events)}
        </ListRoom>
      )}
    </Shown>
  );
}

export interface ToolFrameProps<Tool> {
  kind: ToolKind;
  /** What it is called. */
  nameOf: (tool: Tool) => string;
  work: Drafted<Tool, object>;
  remove: (id: string, revision: number) => Promise<void>;
  events: ToolEvents;
  children: ComponentChildren;
}

/** Around the fields of one tool. */
export function ToolFrame<Tool extends { id: string; revision?: number }>(props: ToolFrameProps<Tool>): JSX.Element {
  const { kind, nameOf, work, remove, events: { onClose, onRemoved }, children } = props;
  const { kept } = work;
  const removal = kept === null ? undefined : {
    title: t(`console.settings.${kind}.remove`),
    text: t(`console.settings.${kind}.remove.text`),
    run: () => remove(kept.id, kept.revision ?? 0).then(onRemoved),
  };
  return (
    <EditorFrame title={kept === null ? t(`console.settings.${kind}.new`) : nameOf(kept)} work={work} removal={removal} onClose={onClose}>
      {children}
    </EditorFrame>
  );
}
