/*
 * Stands in for the makers' photo libraries in tests: the same functions, over a container of our own. After the usual
 * head of ten bytes, byte 16 says what to do and byte 17 what to return; the picture is a slope of colours. Who hangs
 * leaves a file `hanging` in the working folder first.
 * Compile with -DGET_BMP, -DUNPACK_RAW, -DDEWLTBUF, -DUNPACK, -DUNPACK_CPP, -DWLT2BMP or -DUNPACK_SIZED.
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

enum { WIDTH = 102, HEIGHT = 126, ROW = WIDTH * 3, PADDED = 308, HEAD = 54 };
enum { BITMAP = HEAD + PADDED * HEIGHT, RAW = ROW * HEIGHT, BLOCK = 1024 };
enum { PICTURE = 0, RETURN = 1, HANG = 2, ABORT = 3, FAULT = 4, FLAT = 5, SHORT = 6 };

static int trouble(const unsigned char *block) {
  if (block[16] == HANG) {
    fclose(fopen("hanging", "wb"));
    for_ever();
  }
  if (block[16] == ABORT) abort();
  if (block[16] == FAULT) raise(SIGSEGV);
  return block[16] == RETURN;
}

static int value_of(const unsigned char *block) { return (signed char)block[17]; }

/* Blue grows to the right, green upwards, red is 200: rows from the bottom up, blue first. */
static void draw(unsigned char *at, int row_bytes, int is_flat) {
  for (int row = 0; row < HEIGHT; row++)
    for (int column = 0; column < WIDTH; column++) {
      unsigned char *pixel = at + row * row_bytes + column * 3;
      pixel[0] = is_flat ? 200 : column * 2;
      pixel[1] = is_flat ? 200 : row * 2;
      pixel[2] = 200;
    }
}

static void put32(unsigned char *at, int value) {
  for (int byte = 0; byte < 4; byte++) at[byte] = (unsigned char)(value >> (8 * byte));
}

static void draw_bitmap(unsigned char *bitmap, int is_flat) {
  memset(bitmap, 0, BITMAP);
  memcpy(bitmap, "BM", 2);
  put32(bitmap + 2, BITMAP);
  put32(bitmap + 10, HEAD);
  put32(bitmap + 14, 40);
  put32(bitmap + 18, WIDTH);
  put32(bitmap + 22, HEIGHT);
  bitmap[26] = 1;
  bitmap[28] = 24;
  draw(bitmap + HEAD, PADDED, is_flat);
}

static int bitmap_bytes(const unsigned char *block) { return block[16] == SHORT ? 1000 : BITMAP; }

#ifdef GET_BMP
EXPORT int __stdcall GetBmp(const char *path, int interface) {
  unsigned char block[BLOCK], bitmap[BITMAP];
  char out[4096];
  size_t length = strlen(path);
  FILE *file = fopen(path, "rb");
  if (length < 4 || strcmp(path + length - 4, ".wlt") != 0) return -2;
  if (file == NULL || fread(block, 1, BLOCK, file) != BLOCK) return -3;
  fclose(file);
  if (trouble(block)) return value_of(block);
  /* A library that needs its licence in the working folder. */
  file = fopen("license.dat", "rb");
  if (block[18] && file == NULL) return -5;
  if (file != NULL) fclose(file);
  if (interface != 2) return -6;
  draw_bitmap(bitmap, block[16] == FLAT);
  snprintf(out, sizeof out, "%.*s.bmp", (int)length - 4, path);
  file = fopen(out, "wb");
  fwrite(bitmap, 1, bitmap_bytes(block), file);
  fclose(file);
  return 1;
}
#endif

#ifdef UNPACK_RAW
EXPORT int unpack(unsigned char *block, unsigned char *picture, int save) {
  if (trouble(block) || save != 0) return value_of(block);
  draw(picture, ROW, block[16] == FLAT);
  return 0;
}
#endif

#ifdef DEWLTBUF
EXPORT int dewltbuf(const unsigned char *block, unsigned char *bitmap, int *length) {
  if (trouble(block)) return value_of(block);
  if (*length < BITMAP) return -1;
  draw_bitmap(bitmap, block[16] == FLAT);
  *length = bitmap_bytes(block);
  return 0;
}
#endif

/* Makers differ in what they want for the third argument: byte 18 of the block says which one this library is of. */
static int wants(const unsigned char *block) { return block[18] == 1 ? 752 : block[18] == 2 ? 198 : 708; }

#if defined(UNPACK) || defined(UNPACK_CPP)
#ifdef UNPACK_CPP
EXPORT int _Z6unpackPcS_i(char *block, char *picture, int number) {
#else
EXPORT int unpack(char *block, char *picture, int number) {
#endif
  const unsigned char *bytes = (const unsigned char *)block;
  if (trouble(bytes)) return value_of(bytes);
  if (number != wants(bytes)) return 0;
  draw((unsigned char *)picture, ROW, bytes[16] == FLAT);
  return 1;
}
#endif

#ifdef WLT2BMP
EXPORT int wlt2bmp(const unsigned char *block, unsigned char *bitmap, int number) {
  if (trouble(block)) return value_of(block);
  if (number == wants(block)) draw_bitmap(bitmap, block[16] == FLAT);
  return 0;
}
#endif

#ifdef UNPACK_SIZED
EXPORT int _Unpack(const unsigned char *block, int size, unsigned char *bitmap, int *length) {
  if (trouble(block)) return value_of(block);
  if (size != BLOCK) return -1;
  draw_bitmap(bitmap, block[16] == FLAT);
  *length = bitmap_bytes(block);
  return 1;
}
#endif
