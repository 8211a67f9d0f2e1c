/* Runs "python -X utf8 -m ncs_desktop ARGUMENTS" in this very process, so that Task Manager, the
 * taskbar and the firewall show the program under its own name and icon.
 *
 * Built twice: for the console (ncs-desktop.exe) and for the window (ncs-desktopw.exe).
 * multiprocessing starts its workers with sys.executable, which is this file: such a command line
 * ends in --multiprocessing-fork and is meant for Python itself.
 */
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

#define LONGEST_PATH 32768

typedef int (*python_main)(int, wchar_t **);

static int fail(const wchar_t *sentence)
{
    MessageBoxW(NULL, sentence, L"Phiếu đề xuất 1322", MB_ICONERROR | MB_OK);
    return 2;
}

static python_main load_python(void)
{
    static wchar_t path[LONGEST_PATH];
    DWORD length = GetModuleFileNameW(NULL, path, LONGEST_PATH);
    const wchar_t *name = L"python313.dll";
    while (length > 0 && path[length - 1] != L'\\')
        length--;
    if (length == 0 || length + wcslen(name) >= LONGEST_PATH)
        return NULL;
    wcscpy(path + length, name);
    HMODULE library = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    return library ? (python_main)(void *)GetProcAddress(library, "Py_Main") : NULL;
}

int wmain(int count, wchar_t **given)
{
    static wchar_t *ours[] = {L"-X", L"utf8", L"-m", L"ncs_desktop"};
    const int extra = sizeof ours / sizeof *ours;
    python_main run = load_python();
    if (run == NULL)
        return fail(L"Không mở được python313.dll; hãy cài lại chương trình.");
    if (count > 1 && wcscmp(given[count - 1], L"--multiprocessing-fork") == 0)
        return run(count, given);
    wchar_t **all = calloc(count + extra + 1, sizeof *all);
    if (all == NULL)
        return fail(L"Máy không còn đủ bộ nhớ; hãy đóng bớt chương trình khác.");
    all[0] = given[0];
    memcpy(all + 1, ours, sizeof ours);
    memcpy(all + 1 + extra, given + 1, (count - 1) * sizeof *given);
    return run(count + extra, all);
}

int WINAPI wWinMain(HINSTANCE self, HINSTANCE before, PWSTR line, int show)
{
    (void)self, (void)before, (void)line, (void)show;
    return wmain(__argc, __wargv);
}
