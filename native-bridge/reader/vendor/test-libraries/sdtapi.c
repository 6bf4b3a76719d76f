/*
 * Stands in for the makers' common reader library in tests: one USB reader on port 1001, on which a card with made-up
 * filling lies. A file `behaviour` beside the library (its path is compiled in) says `<function> <value>`: that function
 * then returns the value, hangs ("hang") or crashes ("crash").
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef _WIN32
#include <windows.h>
#define EXPORT __declspec(dllexport)
static void for_ever(void) { Sleep(INFINITE); }
#else
#include <unistd.h>
#define EXPORT
#define __stdcall
static void for_ever(void) { for (;;) pause(); }
#endif

static int open_port = 0;
static int is_selected = 0;

/* What the function is told to return; -1 when it is left alone. */
static int told(const char *function) {
  char name[64], what[64];
  int value = -1;
  FILE *file = fopen(BEHAVIOUR, "r");
  if (file == NULL) return -1;
  while (fscanf(file, "%63s %63s", name, what) == 2) {
    if (strcmp(name, function) != 0) continue;
    if (strcmp(what, "hang") == 0) for_ever();
    if (strcmp(what, "crash") == 0) raise(SIGSEGV);
    value = (int)strtol(what, NULL, 16);
  }
  fclose(file);
  return value;
}

#define OBEY(function)              \
  do {                              \
    int value = told(function);     \
    if (value >= 0) return value;   \
  } while (0)

/* With ifOpen 0 the port has to be open already. */
#define NEED_PORT(port, if_open) \
  if (if_open != 0 || port != open_port) return 0x01

EXPORT int __stdcall SDT_OpenPort(int port) {
  OBEY("SDT_OpenPort");
  if (port != 1001 || open_port != 0) return 0x01;
  open_port = port;
  return 0x90;
}

EXPORT int __stdcall SDT_ClosePort(int port) {
  OBEY("SDT_ClosePort");
  if (port != open_port) return 0x01;
  open_port = 0;
  return 0x90;
}

EXPORT int __stdcall SDT_ResetSAM(int port, int if_open) {
  OBEY("SDT_ResetSAM");
  NEED_PORT(port, if_open);
  is_selected = 0;
  return 0x90;
}

EXPORT int __stdcall SDT_GetSAMStatus(int port, int if_open) {
  OBEY("SDT_GetSAMStatus");
  NEED_PORT(port, if_open);
  return 0x90;
}

/* 05.01-20130101-1234567890-0987654321 */
static const unsigned char number[16] = {0x05, 0x00, 0x01, 0x00, 0x35, 0x29, 0x33, 0x01,
                                         0xD2, 0x02, 0x96, 0x49, 0xB1, 0x68, 0xDE, 0x3A};

EXPORT int __stdcall SDT_GetSAMID(int port, unsigned char *id, int if_open) {
  OBEY("SDT_GetSAMID");
  NEED_PORT(port, if_open);
  memcpy(id, number, sizeof number);
  return 0x90;
}

EXPORT int __stdcall SDT_StartFindIDCard(int port, unsigned char *information, int if_open) {
  OBEY("SDT_StartFindIDCard");
  NEED_PORT(port, if_open);
  memset(information, 0, 4);
  return 0x9F;
}

EXPORT int __stdcall SDT_SelectIDCard(int port, unsigned char *information, int if_open) {
  OBEY("SDT_SelectIDCard");
  NEED_PORT(port, if_open);
  memset(information, 0, 8);
  is_selected = 1;
  return 0x90;
}

static int read_card(unsigned char *text, unsigned int *text_bytes, unsigned char *photo, unsigned int *photo_bytes) {
  FILE *file = fopen(CARD_TEXT, "rb");
  if (!is_selected) return 0x41;
  if (file == NULL || fread(text, 1, 256, file) != 256) return 0x41;
  fclose(file);
  memset(photo, 0x50, 1024);
  *text_bytes = 256;
  *photo_bytes = 1024;
  return 0x90;
}

EXPORT int __stdcall SDT_ReadBaseMsg(int port, unsigned char *text, unsigned int *text_bytes, unsigned char *photo,
                                     unsigned int *photo_bytes, int if_open) {
  OBEY("SDT_ReadBaseMsg");
  NEED_PORT(port, if_open);
  return read_card(text, text_bytes, photo, photo_bytes);
}

#ifndef WITHOUT_FINGERPRINT
EXPORT int __stdcall SDT_ReadBaseFPMsg(int port, unsigned char *text, unsigned int *text_bytes, unsigned char *photo,
                                       unsigned int *photo_bytes, unsigned char *print, unsigned int *print_bytes,
                                       int if_open) {
  OBEY("SDT_ReadBaseFPMsg");
  NEED_PORT(port, if_open);
  memset(print, 0x46, 512);
  *print_bytes = 512;
  return read_card(text, text_bytes, photo, photo_bytes);
}
#endif

EXPORT int __stdcall SDT_ReadNewAppMsg(int port, unsigned char *address, unsigned int *address_bytes, int if_open) {
  OBEY("SDT_ReadNewAppMsg");
  NEED_PORT(port, if_open);
  if (!is_selected) return 0x41;
  memset(address, 0x41, 70);
  *address_bytes = 70;
  return 0x90;
}
