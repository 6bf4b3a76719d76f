import { setFlagsFromString } from 'node:v8';

/*
 * Imported before everything else of the process. The garbage of frames is large buffers held by small objects; a
 * young generation that may not grow is collected often enough to give them back. It holds some 40 MB less, and is no
 * slower; so it is with the texts of half a megabyte that an upload makes and forgets.
 */
setFlagsFromString('--semi-space-growth-factor=1');
