import { useTranslation } from 'react-i18next';
import type { PrintedWorker } from '../../native-bridge/contract/print-calls.ts';
import { usePeopleCodes } from '../client/station-context.tsx';
import { codeName } from '../codes/code-table.ts';
import { chinaDayAgo } from '../components/china-day.ts';
import { dayText } from '../components/moment.ts';
import { pairMember } from '../i18n/language.ts';
import { nameSize, type RegisterPage } from './pages.ts';
import './register-sheet.css';
import { WorkerPhoto } from './worker-photo.tsx';

const columns = [
  ...(['place', 'photo', 'name', 'sex', 'number'] as const),
  ...(['nativePlace', 'team', 'phone', 'entryDate', 'signature'] as const),
];

interface Pictured {
  readonly photos: ReadonlyMap<string, string>;
  /** Whole numbers by record, where a supervisor asked for them. */
  readonly numbers: ReadonlyMap<string, string> | undefined;
}

interface RowProps extends Pictured {
  readonly place: number;
  readonly worker: PrintedWorker;
}

/** Three lines of the usual letters hold so many. */
const teamLength = 20;

const teamSize = (teamName: string) => (teamName.length > teamLength ? 'long' : 'short');

const isNamedSex = (code: string | undefined): code is '1' | '2' => code === '1' || code === '2';

function Row({ place, worker, photos, numbers }: RowProps) {
  const { t, i18n } = useTranslation();
  const { workType: trades } = usePeopleCodes();
  const { id, name, sexCode, nativePlace, teamName, workType, cellPhone, entryDate } = worker;
  return (
    <tr data-testid="register-row">
      <td>{place}</td>
      <td>
        <WorkerPhoto className="register__photo" name={name} url={photos.get(id)} />
      </td>
      <td className={`register__name register__name--${nameSize(name)}`}>{name}</td>
      <td>{isNamedSex(sexCode) && t(`print.sex.${sexCode}`)}</td>
      <td className="register__number">{numbers?.get(id) ?? worker.maskedNumber}</td>
      <td className="register__text">{nativePlace}</td>
      <td className="register__text">
        <div className={`register__team register__team--${teamSize(teamName)}`}>{teamName}</div>
        <div>{codeName(trades, workType, pairMember(i18n.language))}</div>
      </td>
      <td className="register__number">{cellPhone}</td>
      <td>{entryDate}</td>
      <td />
    </tr>
  );
}

interface Props extends Pictured {
  readonly page: RegisterPage;
  readonly place: number;
  readonly pages: number;
}

/** One sheet of the register of those who come to the site; what is not known is left open for the pen. */
export function RegisterSheet({ page, place, pages, photos, numbers }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <div className="register">
      <h2>{t('print.paper.register')}</h2>
      <div className="register__head">
        <span>{t('print.project') + page.projectName}</span>
        <span>{t('print.company') + page.corpName}</span>
      </div>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className={`register__column--${column}`}>
                {t(`print.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {page.rows.map((row) => (
            <Row key={row.worker.id} {...row} photos={photos} numbers={numbers} />
          ))}
        </tbody>
      </table>
      <footer>
        <span>{t('print.filledBy')}</span>
        <span>{t('print.checkedBy')}</span>
        <span>{t('print.date')}</span>
        <small>{t('print.printedOn', { date: dayText(chinaDayAgo(0), i18n.language) })}</small>
        <small>{t('print.page', { page: place, pages })}</small>
      </footer>
    </div>
  );
}
