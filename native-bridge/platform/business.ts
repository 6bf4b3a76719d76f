import type { Acceptance, Outcome } from './connector.ts';

/**
 * What a station reports about companies, teams and workers besides the enrolment itself, in the national data standard's
 * terms. Numbers of people and banks are in clear (a driver encrypts them), pictures are JPEG files, days are
 * `YYYY-MM-DD` in China, moments are ISO instants.
 */
export interface Attachment {
  readonly name: string;
  readonly data: Uint8Array;
}

export interface CompanyUpload {
  readonly corpCode: string;
  readonly corpName: string;
  readonly corpType?: string;
  readonly licenseNum?: string;
  readonly areaCode: string;
  readonly address?: string;
  readonly zipCode?: string;
  readonly legalMan?: string;
  readonly legalManDuty?: string;
  /** Spelled so by the standard. */
  readonly legaManProTitle?: string;
  readonly legalManIDCardType?: string;
  readonly legalManIDCardNumber?: string;
  /** 10,000 yuan. */
  readonly regCapital?: number;
  readonly factRegCapital?: number;
  readonly capitalCurrencyType?: string;
  readonly registerDate: string;
  readonly establishDate?: string;
  readonly officePhone?: string;
  readonly faxNumber?: string;
  readonly linkman?: string;
  readonly linkTel?: string;
  readonly email?: string;
  readonly website?: string;
  readonly remark?: string;
}

interface Place {
  readonly projectCode: string;
  readonly corpCode: string;
  readonly corpName: string;
}

export interface BankAccount {
  readonly bankCode: string;
  readonly bankName: string;
  readonly bankNumber: string;
  readonly bankLinkNumber?: string;
}

export interface SubContractorUpload extends Place {
  readonly corpType: string;
  readonly entryTime?: string;
  readonly exitTime?: string;
  readonly bankInfos?: readonly BankAccount[];
  readonly pmName?: string;
  readonly pmIDCardType?: string;
  readonly pmIDCardNumber?: string;
  readonly pmPhone?: string;
}

interface TeamDetails {
  readonly teamName: string;
  readonly responsiblePersonName?: string;
  readonly responsiblePersonPhone?: string;
  readonly responsiblePersonIDCardType?: string;
  readonly responsiblePersonIDNumber?: string;
  readonly remark?: string;
  readonly entryTime?: string;
  readonly exitTime?: string;
  readonly entryAttachments?: readonly Attachment[];
  readonly exitAttachments?: readonly Attachment[];
}

export interface TeamDetailsUpload extends Place, TeamDetails {}

export interface TeamChangeUpload extends TeamDetails {
  readonly teamSysNo: number;
}

interface PersonKey {
  readonly idCardType: string;
  readonly idCardNumber: string;
}

/** Coming to the site or leaving it: 1 entry, 0 exit. */
export interface Passage extends PersonKey {
  readonly date: string;
  readonly type: 0 | 1;
  readonly voucher?: Uint8Array;
}

export interface EntryExitUpload extends Place {
  readonly teamSysNo: number;
  readonly workerList: readonly Passage[];
}

export interface WorkerContract extends PersonKey {
  readonly corpCode: string;
  readonly corpName: string;
  /** 0 fixed term, 1 until the work is done. */
  readonly contractPeriodType: 0 | 1;
  readonly startDate: string;
  readonly endDate: string;
  /** 80 metre, 81 square metre, 82 cubic metre; with `unitPrice` in yuan for piece work. */
  readonly unit?: string;
  readonly unitPrice?: number;
  readonly attachments?: readonly Attachment[];
}

export interface ContractUpload {
  readonly projectCode: string;
  readonly contractList: readonly WorkerContract[];
}

export interface Trainee extends PersonKey {
  readonly isPass: 0 | 1;
  /** 0..100. */
  readonly trainingScore?: number;
}

export interface TrainingUpload {
  readonly projectCode: string;
  readonly trainingDate: string;
  /** Hours. */
  readonly trainingDuration: number;
  readonly trainingName: string;
  readonly trainingTypeCode: string;
  readonly trainer?: string;
  readonly trainingOrg?: string;
  readonly trainingAddress?: string;
  readonly description?: string;
  readonly attachments?: readonly Attachment[];
  readonly workers: readonly Trainee[];
}

export interface PassedGate extends PersonKey {
  readonly date: string;
  /** 01 in, 02 out. */
  readonly direction: string;
  readonly image?: Uint8Array;
  readonly channel?: string;
  readonly attendType?: string;
  /** WGS84 degrees. */
  readonly lng?: number;
  readonly lat?: number;
}

export interface AttendanceUpload {
  readonly projectCode: string;
  readonly teamSysNo: number;
  readonly dataList: readonly PassedGate[];
}

export interface BuilderLicense {
  readonly prjName: string;
  readonly builderLicenseNum: string;
}

/** A project; most are opened on the platform's own site, and a station then only needs the code. */
export interface ProjectUpload {
  readonly contractorCorpCode: string;
  readonly contractorCorpName: string;
  readonly name: string;
  readonly description?: string;
  readonly category: string;
  readonly buildCorpName?: string;
  readonly buildCorpCode?: string;
  readonly builderLicenses: readonly BuilderLicense[];
  readonly buildPlanNum?: string;
  readonly prjPlanNum?: string;
  readonly areaCode: string;
  /** 10,000 yuan. */
  readonly invest?: number;
  /** Square metres. */
  readonly buildingArea?: number;
  /** Metres. */
  readonly buildingLength?: number;
  readonly startDate?: string;
  readonly completeDate?: string;
  readonly linkMan?: string;
  readonly linkPhone?: string;
  readonly prjStatus: string;
  /** WGS84 degrees. */
  readonly lat?: number;
  readonly lng?: number;
  readonly address?: string;
  readonly approvalNum?: string;
  readonly approvalLevelNum?: string;
  readonly prjSize?: string;
  readonly propertyNum?: string;
  readonly functionNum?: string;
  readonly nationNum?: string;
  readonly thirdPartyProjectCode: string;
}

export interface ProjectChangeUpload extends ProjectUpload {
  readonly projectCode: string;
}

/** One worker's wages of one month, in yuan. */
export interface WagePayment extends PersonKey {
  readonly days?: number;
  readonly workHours?: number;
  readonly payRollBankCardNumber: string;
  readonly payRollBankCode: string;
  readonly payRollBankName: string;
  readonly payBankCardNumber: string;
  readonly payBankCode: string;
  readonly payBankName: string;
  readonly totalPayAmount: number;
  readonly actualAmount: number;
  readonly isBackPay: 0 | 1;
  readonly balanceDate: string;
  /** `YYYY-MM`, asked for with back pay. */
  readonly backPayMonth?: string;
  readonly thirdPayRollCode: string;
}

export interface PayrollUpload extends Place {
  readonly teamSysNo: number;
  /** `YYYY-MM`. */
  readonly payMonth: string;
  readonly attachments?: readonly Attachment[];
  readonly detailList: readonly WagePayment[];
}

/** Everything that can be reported, by the object's name. */
export interface BusinessUploads {
  readonly company: CompanyUpload;
  readonly project: ProjectUpload;
  readonly 'project-change': ProjectChangeUpload;
  readonly 'sub-contractor': SubContractorUpload;
  readonly 'sub-contractor-change': SubContractorUpload;
  readonly team: TeamDetailsUpload;
  readonly 'team-change': TeamChangeUpload;
  readonly 'entry-exit': EntryExitUpload;
  readonly contract: ContractUpload;
  readonly training: TrainingUpload;
  readonly attendance: AttendanceUpload;
  readonly payroll: PayrollUpload;
}
export type BusinessKind = keyof BusinessUploads;

/** What can be asked; `person` and what belongs to it is about a worker in every project. Rows come with numbers in clear. */
export type BusinessQuery =
  | 'company'
  | 'project'
  | 'sub-contractor'
  | 'team'
  | 'worker'
  | 'entry-exit'
  | 'contract'
  | 'training'
  | 'attendance'
  | 'payroll'
  | 'person'
  | 'person-credential'
  | 'person-good-record'
  | 'person-bad-record'
  | 'person-black-list'
  | 'company-credential'
  | 'company-good-record'
  | 'company-bad-record'
  | 'company-black-list';

/** The interface's own field names; `idCardNumber` in clear. */
export type QueryFilter = Readonly<Record<string, string | number>>;

/** One row by the interface's field names: texts trimmed, yes and no as 1 and 0, empty ones left out. */
export type QueryRow = Readonly<Record<string, string>>;

/** One thing that the local check found: never the value itself. */
export interface Complaint {
  /** `[contractList][0][endDate]`, or a bare field name. */
  readonly path: string;
  readonly field: string;
  readonly reason:
    | 'missing'
    | 'too-long'
    | 'too-large'
    | 'too-many'
    | 'not-in-table'
    | 'malformed'
    | 'in-future'
    | 'out-of-range'
    | 'wrong-order';
}

/** The part of a driver that reports and asks for more than workers. Errors as of `Connector`. */
export interface BusinessConnector {
  /** What this platform offers. */
  readonly offers: { readonly sends: ReadonlySet<BusinessKind>; readonly asks: ReadonlySet<BusinessQuery> };
  /** Most rows of the list inside one upload; 1 where there is no list. */
  mostRows(kind: BusinessKind): number;
  /** What the platform would refuse, found without asking it; empty when nothing. */
  check<K extends BusinessKind>(kind: K, upload: BusinessUploads[K]): readonly Complaint[];
  /** Sends it after the same check, whose complaints are thrown as `platform.record-refused` with the paths. */
  send<K extends BusinessKind>(kind: K, upload: BusinessUploads[K]): Promise<Acceptance>;
  /** The outcome of an accepted request. */
  outcome(serial: string): Promise<Outcome>;
  /** Every row that fits. */
  query(query: BusinessQuery, filter: QueryFilter): Promise<readonly QueryRow[]>;
}
