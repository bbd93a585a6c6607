"""What the reading child may do besides read: nothing. No network, no other program, no writing of files.

A parser that a hostile file takes over finds its process closed. What holds depends on the system:

- Linux (x86-64, arm64): a system call filter (seccomp) refuses sockets, new processes (threads are none),
  tracing of others, every change of the file system and every opening of a file for writing, by native
  code too.
- Linux, macOS: no file can grow by a byte (``RLIMIT_FSIZE`` 0), few can be open at once.
- every system, Windows included: an audit hook refuses the same to Python code. Native code is not held
  by it, so there the limits of ``safety.py`` and the parent's clock are what protects.

None of this can be taken back by the process itself. Memory and time are limited in ``guarded.py``.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Sequence

HOOK, FILES, CALLS = "audit", "rlimit", "seccomp"

# Readers open the file, perhaps twice, and their own modules.
_MAX_OPEN = 256
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

# --- Python code, every system ---

_CLOSED = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile",
    "os.kill", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod",
    "os.chown", "os.truncate", "os.utime", "os.setxattr", "os.removexattr", "shutil.", "tempfile.",
    "urllib.", "http.client.", "ftplib.", "smtplib.", "webbrowser.", "winreg.", "_winapi.CreateProcess",
)  # fmt: skip


def _refuse(event: str, arguments: Sequence[object]) -> None:
    if event == "open":
        mode, flags = arguments[1:3]
        writes = isinstance(flags, int) and flags & _WRITING
        if writes or (isinstance(mode, str) and set(mode) & set("wax+")):
            raise PermissionError("the reading process writes no file")
    elif event.startswith(_CLOSED):
        raise PermissionError(f"the reading process may not do this: {event}")


# --- native code, Linux ---

# System call numbers: x86-64, arm64 (None: the kernel has no such call there).
_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_CALLS: dict[str, tuple[int | None, int | None]] = {
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200),
    "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281),
    "kill": (62, 129), "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438), "creat": (85, None), "truncate": (76, 45), "rename": (82, None),
    "renameat": (264, 38), "renameat2": (316, 276), "unlink": (87, None), "unlinkat": (263, 35),
    "rmdir": (84, None), "mkdir": (83, None), "mkdirat": (258, 34), "link": (86, None), "linkat": (265, 37),
    "symlink": (88, None), "symlinkat": (266, 36), "mknod": (133, None), "mknodat": (259, 33),
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, None), "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54),
    "utimensat": (280, 88), "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7),
    "mount": (165, 40), "chroot": (161, 51), "bpf": (321, 280), "keyctl": (250, 219),
    "shmget": (29, 194), "memfd_create": (319, 279),
}  # fmt: skip
# What the C library tries first and does without where the kernel does not know it: their arguments stand
# behind a pointer, which a filter cannot read.
_NEWER = {"clone3": (435, 435), "openat2": (437, 437), "io_uring_setup": (425, 425)}
# Calls that are refused or allowed by the bits of one argument.
_OPEN, _OPENAT, _CLONE = (2, None), (257, 56), (56, 220)
_THREAD = 0x10000  # array libraries start threads; a process of its own is something else
_X32 = 0x40000000  # calls of the 32-bit table of x86-64 have this bit

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCH, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_EPERM, _EACCES, _ENOSYS = 1, 13, 38
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2


def _instruction(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)


def _program(machine: str) -> list[bytes]:
    """The filter, each instruction 8 bytes: what is not refused is allowed."""
    column = 0 if machine == "x86_64" else 1
    lines = [
        _instruction(_LOAD, _ARCH),
        _instruction(_EQUAL, _AUDIT_ARCH[machine], yes=1),
        _instruction(_RETURN, _ERRNO | _EPERM),
        _instruction(_LOAD, _NUMBER),
    ]
    if column == 0:
        lines += [_instruction(_AT_LEAST, _X32, no=1), _instruction(_RETURN, _ERRNO | _EPERM)]
    for calls, error in ((_CALLS, _EPERM), (_NEWER, _ENOSYS)):
        for numbers in calls.values():
            if (number := numbers[column]) is not None:
                lines += [_instruction(_EQUAL, number, no=1), _instruction(_RETURN, _ERRNO | error)]
    by_bits = ((_OPEN, 1, _WRITING, _EACCES), (_OPENAT, 2, _WRITING, _EACCES), (_CLONE, 0, _THREAD, None))
    for numbers, argument, bits, refused_with in by_bits:
        if (number := numbers[column]) is not None:
            refused, allowed = (
                _instruction(_RETURN, _ERRNO | (refused_with or _EPERM)),
                _instruction(_RETURN, _ALLOW),
            )
            lines += [
                _instruction(_EQUAL, number, no=4),
                _instruction(_LOAD, _ARGUMENTS + 8 * argument),
                _instruction(_ANY_BIT, bits, no=1),
                *((refused, allowed) if refused_with else (allowed, refused)),
            ]
    return [*lines, _instruction(_RETURN, _ALLOW)]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("lines", ctypes.c_char_p)]


def _close_calls() -> bool:
    """Install the filter; False where the machine or its kernel has none."""
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _AUDIT_ARCH or sys.maxsize < 2**32:
        return False
    lines = _program(machine)
    libc = ctypes.CDLL(None, use_errno=True)
    program = _Program(len(lines), b"".join(lines))
    none = ctypes.c_ulong(0)
    if libc.prctl(_NO_NEW_PRIVILEGES, ctypes.c_ulong(1), none, none, none) != 0:
        return False
    return bool(libc.prctl(_SET_SECCOMP, ctypes.c_ulong(_FILTER), ctypes.byref(program), none, none) == 0)


def _close_files() -> bool:
    if sys.platform == "win32":
        return False
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _MAX_OPEN if hard < 0 else min(_MAX_OPEN, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return True


def confine() -> tuple[str, ...]:
    """Close this process, for good; call once, in the child, when its pipes are set up.

    Returns:
        What is in force here, of ``HOOK``, ``FILES`` and ``CALLS``.
    """
    sys.dont_write_bytecode = True
    held = [FILES] if _close_files() else []
    held += [CALLS] if _close_calls() else []
    sys.addaudithook(_refuse)
    return (*held, HOOK)
