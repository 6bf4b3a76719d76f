import type { RecordSummary } from '../../native-bridge/contract/enrolment.ts';
import { exampleRecord, type FakeStation } from '../client/fake-station.ts';

/** Forty characters are the most that a card holds. */
const longName = '阿不都热依木江·买买提吐尔逊江·阿卜杜外力热西提·艾比布拉·示例';

const surnames = [...'韦覃黄莫陆蓝农梁岑谭卢龙'];

function team(count: number): RecordSummary[] {
  return Array.from({ length: count }, (_, index) => {
    const serial = `S20260305-${String(871 + index).padStart(6, '0')}`;
    const part = { maskedNumber: `459999********${String(1000 + index)}`, state: 'confirmed', serial } as const;
    const { workType: _workType, ...withoutTrade } = exampleRecord({ name: '莫样三', ...part });
    if (index === 1)
      return exampleRecord({ name: longName, ...part, teamName: '广西示例建筑劳务有限公司钢筋绑扎作业第三班组' });
    if (index === 2) return withoutTrade;
    return exampleRecord({ name: `${surnames[index % surnames.length]}样${index + 1}`, ...part });
  });
}

/** What there may be to print, and to count. */
export const paperScenarios: Readonly<Record<string, (station: FakeStation) => void>> = {
  'one-worker': (station) => (station.records = team(1)),
  'ten-workers': (station) => (station.records = team(10)),
  'eleven-workers': (station) => {
    station.records = team(11);
    station.printing.withoutPhoto = [3];
    station.printing.brokenPhotos = [4];
  },
  'whole-site': (station) => (station.records = team(300)),
  'too-many': (station) => (station.records = team(301)),
  'no-figures': ({ lists }) => (lists.isIdle = true),
  'figures-broken': ({ lists }) => (lists.isBroken = true),
  'print-broken': ({ printing }) => (printing.isBroken = true),
  'print-other-language': ({ printing }) => {
    const signing = { kind: 'attested', reason: 'cannot-write', by: '莫经办' } as const;
    const consent = { textVersion: '4', givenAt: '2026-03-05T02:10:31.000Z', isSigned: false, signing };
    printing.part = { consent: { ...consent, language: 'en' } };
  },
  'print-unsigned': ({ printing }) => {
    const consent = { textVersion: '4', givenAt: '2026-03-05T02:10:31.000Z', isSigned: false };
    printing.part = { consent };
  },
};
