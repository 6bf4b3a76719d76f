import './no-evaluation.ts';
import { connectStation } from './client/connect.ts';
import { startPage } from './start-page.tsx';

void startPage(connectStation());
