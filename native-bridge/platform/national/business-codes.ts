import approvalLevels from '../../../assets/codes/approval-levels.json' with { type: 'json' };
import directions from '../../../assets/codes/attendance-directions.json' with { type: 'json' };
import ways from '../../../assets/codes/attendance-ways.json' with { type: 'json' };
import contractUnits from '../../../assets/codes/contract-units.json' with { type: 'json' };
import corpTypes from '../../../assets/codes/corp-types.json' with { type: 'json' };
import participantTypes from '../../../assets/codes/participant-types.json' with { type: 'json' };
import projectCategories from '../../../assets/codes/project-categories.json' with { type: 'json' };
import projectProperties from '../../../assets/codes/project-properties.json' with { type: 'json' };
import projectSizes from '../../../assets/codes/project-sizes.json' with { type: 'json' };
import projectStates from '../../../assets/codes/project-states.json' with { type: 'json' };
import trainingTypes from '../../../assets/codes/training-types.json' with { type: 'json' };
import { readCodeTable } from '../driver/code-table.ts';

const codesIn = (file: unknown): ReadonlySet<string> => new Set(readCodeTable(file).map(({ code }) => code));

/**
 * The codes of the data standard that business objects are checked against, by the names that the field tables use.
 * Banks are not among them: the published list is historic, and a platform knows newer ones.
 */
export const businessCodes: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['approvalLevel', codesIn(approvalLevels)],
  ['attendType', codesIn(ways)],
  ['contractUnit', codesIn(contractUnits)],
  ['corpType', codesIn(corpTypes)],
  ['direction', codesIn(directions)],
  ['participantType', codesIn(participantTypes)],
  ['projectCategory', codesIn(projectCategories)],
  ['projectProperty', codesIn(projectProperties)],
  ['projectSize', codesIn(projectSizes)],
  ['projectStatus', codesIn(projectStates)],
  ['trainingType', codesIn(trainingTypes)],
]);
