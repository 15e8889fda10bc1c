import { Button } from "./button.tsx";
import { TextField } from "./field.tsx";
import { Icon } from "./icon.tsx";

type Props = { path: string; words: string; label: string; button: string };

/** Looks for words in a list of a group, at the address of the list. */
export const WordSearch = ({ path, words, label, button }: Props) => (
  <search>
    <form method="get" action={path} className="flex max-w-[32rem] flex-wrap items-end gap-3">
      <TextField
        name="q"
        type="search"
        maxLength={100}
        label={label}
        defaultValue={words}
        className="min-w-0 flex-1 basis-48"
      />
      <Button>
        <Icon name="search" />
        {button}
      </Button>
    </form>
  </search>
);
