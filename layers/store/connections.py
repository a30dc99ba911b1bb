"""Connections to one GeoPackage file: many readers, one writer, and SQLite's errors in the office's words."""

import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from layers.errors import WorkspaceError
from layers.store import migration, schema, spatial_functions
from layers.text import Text

_WRITER_CACHE_KIB, _READER_CACHE_KIB = 200_000, 16_000
_JOURNAL_BYTES = 64_000_000
"""What is left of the write-ahead log after a large import."""


class Connections:
    """Hands out connections: one reader to each thread that asks, one writer in all.

    A reader sees the file as it was when it began, also while an import is going on. Borrowed connections go back
    to a pool, so a server's threads share as many as are in use at once.
    """

    def __init__(self, path: Path, *, busy_s: float) -> None:
        self._path, self._busy_s = path, busy_s
        self._idle: list[sqlite3.Connection] = []
        self._pool_lock, self._writer_lock = threading.Lock(), threading.Lock()
        self._writer_thread: int | None = None
        self._closed = False
        if not path.exists():
            with explained(path):
                _create(path)
        with explained(path), closing(self._connect()) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            _bring_up_to_date(connection)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection inside a read transaction."""
        with explained(self._path):
            connection = self._borrow()
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                self._give_back(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection inside a write transaction: committed when the block ends well, else rolled back.

        Raises
        ------
        WorkspaceError
            When another thread or program is writing for longer than the busy time.
        """
        self._take_turn()
        try:
            with explained(self._path):
                connection = self._borrow()
                connection.execute(f"PRAGMA cache_size = -{_WRITER_CACHE_KIB}")
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("UPDATE fangyu_state SET writing = 1")
            try:
                yield connection
                with explained(self._path):
                    connection.execute("UPDATE fangyu_state SET writing = 0")
                    connection.execute("COMMIT")
            finally:
                self._give_back(connection)
        finally:
            self._writer_thread = None
            self._writer_lock.release()

    def close(self) -> None:
        """Close every connection; one that is lent out is closed when it comes back."""
        with self._pool_lock:
            self._closed = True
            while self._idle:
                self._idle.pop().close()

    def _take_turn(self) -> None:
        here = threading.get_ident()
        if self._writer_thread == here or not self._writer_lock.acquire(timeout=self._busy_s):
            raise _busy(self._path)
        self._writer_thread = here

    def _borrow(self) -> sqlite3.Connection:
        with self._pool_lock:
            if self._closed:
                raise WorkspaceError(
                    Text(f"{self._path} 已经关闭。", f"{self._path} is closed."),
                    Text("请重新打开工作区。", "Open the workspace again."),
                )
            if self._idle:
                return self._idle.pop()
        return self._connect()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if connection.in_transaction:
            connection.rollback()
        connection.execute(f"PRAGMA cache_size = -{_READER_CACHE_KIB}")
        with self._pool_lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    def _connect(self) -> sqlite3.Connection:
        _refuse_unreachable(self._path)
        connection = sqlite3.connect(
            f"{self._path.resolve().as_uri()}?mode=rw",
            timeout=self._busy_s,
            isolation_level=None,
            check_same_thread=False,
            uri=True,
        )
        try:
            _refuse_foreign(connection, self._path)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA journal_size_limit = {_JOURNAL_BYTES}")
            spatial_functions.register(connection)
            _refuse_other_versions(connection, self._path)
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into a WorkspaceError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(path, error) from error


def _explain(path: Path, error: sqlite3.Error) -> WorkspaceError:
    said = str(error)
    if "locked" in said or "busy" in said:
        return _busy(path)
    if "readonly" in said or "unable to open" in said:
        return WorkspaceError(
            Text(f"{path} 是只读的或没有写权限。", f"{path} is read-only."),
            Text("请检查文件和所在文件夹的权限。", "Check the permissions of the file and its folder."),
        )
    if "full" in said:
        return WorkspaceError(
            Text(f"磁盘已满，{path} 写不进去。", f"The disk is full; {path} cannot grow."),
            Text("腾出空间后再试；原有数据没有改变。", "Make room and try again; nothing was changed."),
        )
    if "not a database" in said:
        return _not_geopackage(path)
    return WorkspaceError(
        Text(f"{path} 已损坏或被改动过：{said}。", f"{path} is damaged or was altered: {said}."),
        Text("请从备份恢复该文件。", "Restore the file from a backup."),
    )


def _busy(path: Path) -> WorkspaceError:
    return WorkspaceError(
        Text(
            f"{path} 正在被另一个导入或程序写入。", f"{path} is being written by another import or program."
        ),
        Text(
            "等它结束，或在 QGIS 等程序里保存并退出编辑后再试。",
            "Wait for it, or save and stop editing in QGIS and the like, then try again.",
        ),
    )


def _not_geopackage(path: Path) -> WorkspaceError:
    return WorkspaceError(
        Text(f"{path} 不是 GeoPackage 文件，或已损坏。", f"{path} is not a GeoPackage, or is damaged."),
        Text("请从备份恢复该文件。", "Restore the file from a backup."),
    )


def _refuse_unreachable(path: Path) -> None:
    """Refuse a file that is gone, without opening it.

    SQLite's locks belong to the whole process, and closing any other handle on the file drops them all (POSIX): the
    next program to close the file would then take its write-ahead log away from under our open connections.
    """
    try:
        path.stat()
    except OSError as error:
        raise WorkspaceError(
            Text(f"{path} 打不开：{error.strerror}。", f"{path} cannot be opened: {error.strerror}."),
            Text("请检查文件是否还在、是否有权限。", "Check that it exists and may be read."),
        ) from error


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse what is no GeoPackage, asking SQLite itself: see ``_refuse_unreachable``."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
        raise _not_geopackage(path)


def _refuse_other_versions(connection: sqlite3.Connection, path: Path) -> None:
    ours = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'fangyu_state'").fetchone()[0]
    if not ours:
        raise WorkspaceError(
            Text(f"{path} 是别的程序建立的 GeoPackage。", f"{path} is a GeoPackage of another program."),
            Text("请建立新工作区，再用 fangyu import 导入它。", "Make a workspace and import it there."),
        )
    version = connection.execute("SELECT schema_version FROM fangyu_state").fetchone()[0]
    if version > schema.SCHEMA_VERSION:
        raise WorkspaceError(
            Text(
                f"{path} 由较新的方舆建立（结构 {version}）。",
                f"{path} was made by a newer Fangyu ({version}).",
            ),
            Text("请升级方舆。", "Upgrade Fangyu."),
        )
    if version < schema.SCHEMA_VERSION and not migration.can_upgrade(version):
        raise WorkspaceError(
            Text(
                f"{path} 由较旧的方舆建立（结构 {version}）。",
                f"{path} was made by an older Fangyu ({version}).",
            ),
            Text(
                "请用 fangyu init 新建工作区并重新导入。", "Make a new workspace and import the files again."
            ),
        )


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Upgrade an older file, once, whoever opens it first."""
    if not migration.is_behind(connection):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        migration.upgrade(connection)
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def _create(path: Path) -> None:
    """Make the file aside and put it in place whole, so that nobody ever meets half of it."""
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        with closing(sqlite3.connect(aside)) as connection:
            schema.create_file(connection)
            connection.commit()
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
