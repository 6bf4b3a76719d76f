import { expect, it } from 'vitest';
import { suggestedFields } from './suggested-fields.ts';

it('takes over what may be corrected and is whole, and nothing else', () => {
  const differs = true;
  const fields = suggestedFields([
    { name: 'cellPhone', here: '13800000000', there: '13900000000', differs },
    { name: 'isTeamLeader', here: '0', there: '1', differs },
    { name: 'payRollBankCardNumber', here: '621700*********0000', there: '621700*********0001', differs },
    { name: 'address', here: '甲', there: '乙', differs },
    { name: 'workType', here: '020', there: '钢筋工', differs },
  ]);
  expect(fields).toEqual({ cellPhone: '13900000000', isTeamLeader: true });
});
