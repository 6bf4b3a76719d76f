import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';

interface Props {
  readonly id?: string;
  /** A day as `2026-03-05`; empty for none. */
  readonly value: string;
  /** Gets the empty text when the field is cleared, which only a `clearable` one can be. */
  readonly onChange: (day: string) => void;
  readonly clearable?: boolean;
  readonly className?: string;
  readonly label?: string;
  /** The id where nothing else is given. */
  readonly testId?: string;
}

const dayFormat = 'YYYY-MM-DD';
/** The first is shown; the others are understood as well when they are typed. */
const typedFormats = [dayFormat, 'YYYYMMDD', 'YYYY/M/D', 'YYYY.M.D', 'YYYY-M-D'];

const pickedDay = (text: string) => (text === '' ? null : dayjs(text));

/**
 * A calendar day, typed or chosen. Unlike the browser's own field it shows the year first and its calendar in the
 * screen's language on every system: 03/05 would be March here and May there. It takes every day; a limit would set a
 * typed one silently back to what stood there, where whoever asks can say what is wrong with it.
 */
export function DayField({ value, onChange, clearable = false, ...rest }: Props) {
  return (
    <DatePicker
      {...(rest.id !== undefined && { id: rest.id })}
      className={`day-field ${rest.className ?? ''}`}
      value={pickedDay(value)}
      format={typedFormats}
      onChange={(day) => onChange(day === null ? '' : day.format(dayFormat))}
      allowClear={clearable}
      aria-label={rest.label}
      data-testid={rest.testId ?? rest.id}
    />
  );
}
