/* Wine 8 lacks icuuc.dll, which Windows 10 and later have and Qt asks for converters. This one has
 * no converter to give; Qt then uses its own. For tests under Wine only, never shipped. */
#define GIVEN __declspec(dllexport)
#define UNSUPPORTED 16

GIVEN void *ucnv_open(const char *name, int *error) { (void)name; if (error) *error = UNSUPPORTED; return 0; }
GIVEN void ucnv_close(void *converter) { (void)converter; }
GIVEN void ucnv_reset(void *converter) { (void)converter; }
GIVEN signed char ucnv_getMaxCharSize(const void *converter) { (void)converter; return 1; }
GIVEN int ucnv_toUCountPending(const void *converter, int *error) { (void)converter; (void)error; return 0; }
GIVEN int ucnv_fromUCountPending(const void *converter, int *error) { (void)converter; (void)error; return 0; }
GIVEN int ucnv_countAvailable(void) { return 0; }
GIVEN const char *ucnv_getAvailableName(int index) { (void)index; return 0; }

#define REFUSE(result, name) \
    GIVEN result name(void) { return 0; }
REFUSE(const char *, ucnv_getName)
REFUSE(const char *, ucnv_getStandardName)

#define IGNORE(name) \
    GIVEN void name(void) {}
IGNORE(ucnv_getToUCallBack)
IGNORE(ucnv_setToUCallBack)
IGNORE(ucnv_getFromUCallBack)
IGNORE(ucnv_setFromUCallBack)
IGNORE(ucnv_cbToUWriteUChars)
IGNORE(ucnv_cbFromUWriteUChars)
IGNORE(ucnv_toUnicode)
IGNORE(ucnv_fromUnicode)
IGNORE(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
IGNORE(UCNV_TO_U_CALLBACK_SUBSTITUTE)
