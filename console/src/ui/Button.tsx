import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaProps } from 'react-aria-components';

interface ButtonProps extends Omit<AriaProps, 'className' | 'children' | 'style'> {
  readonly children: ReactNode;
  /** `primary`, `danger`, `filled`, `quiet`, `small`, `icon`: as many as fit. */
  readonly look?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button; while `isPending` it stays in reach of the keyboard and does nothing. */
export function Button({ look = '', ...props }: ButtonProps) {
  return <AriaButton {...props} className={`button ${look}`} />;
}
