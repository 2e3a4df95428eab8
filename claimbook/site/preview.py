"""The site on this machine while records are written: a page is made when a browser asks for it.

When a record changes, the base is read and judged again, and browsers reload the page that they
show. Nothing else is made, so that a change is seen in a small part of the time of a build.
"""

import logging
import posixpath
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from claimbook.loading.record_files import FOLDERS
from claimbook.records import LoadError, UserError
from claimbook.site.build import build
from claimbook.site.mkdocs_hook import PROGRAM, ROOT, configuration

PORT = 8000


class Preview:
    """The site as the records are now, as far as browsers have asked for it.

    Args:
        folder: where files are written; it should be empty.
    """

    def __init__(self, folder: Path, root: Path = ROOT) -> None:
        self.folder, self.root = folder, root
        self._lock = threading.Lock()  # held while the site changes, and while a file is made
        self._made: set[str] = set()
        self.read()

    def read(self) -> None:
        """Read and judge the base; on an error everything stays as it was.

        Raises:
            LoadError, UserError: as `build`.
        """
        with self._lock:
            site = build(self.root, preview=True)
            config = configuration(site, self.folder)
            files, env = get_files(config), config.theme.get_env()
            files.add_files_from_theme(env, config)
            files = config.plugins.on_files(files, config=config)
            set_exclusions(files, config)
            nav = get_navigation(files, config)
            for page in nav.pages:  # for its title, which every menu shows
                config.plugins.on_pre_page(page, config=config, files=files).read_source(config)
            self._site, self._config, self._files = site, config, files
            self._nav, self._env = nav, env
            self._by_address = {file.dest_uri: file for file in files}
            self._made.clear()

    def make(self, address: str) -> None:
        """Write what stands at an address below the site, if that was not done since `read`."""
        with self._lock:
            if address in self._made:
                return
            path, file = self.folder / address, self._by_address.get(address)
            if file is None:
                owner = self._site.pages.get(f"{posixpath.splitext(address)[0]}.md")
                content = owner.downloads.get(address) if owner else None
                if path.is_file():
                    path.unlink()
                if content is not None:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content if isinstance(content, bytes) else content.encode())
            elif file.is_documentation_page():
                page = file.page or Page(None, file, self._config)
                _populate_page(page, self._config, self._files)
                listed = self._files.documentation_pages()
                _build_page(page, self._config, listed, self._nav, self._env)
            else:
                file.copy_file()
            self._made.add(address)


class _Server(LiveReloadServer):  # type: ignore[misc]  # MkDocs has no types
    """Shows a preview, and reloads what browsers show when a record changes."""

    def __init__(self, preview: Preview) -> None:
        super().__init__(self._read_again, "127.0.0.1", PORT, str(preview.folder))
        self.preview = preview

    def _read_again(self) -> None:
        try:
            self.preview.read()
        except (LoadError, UserError) as error:
            raise Abort(f"{error}\nthe site is not shown until this is mended") from error

    def serve_request(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if not path.startswith("/livereload/"):
            file = f"{path}index.html" if path.endswith("/") else path
            self.preview.make(posixpath.normpath(f"/{file}").lstrip("/"))
        answer: Iterable[bytes] = super().serve_request(environ, start_response)
        return answer


def serve() -> None:
    """Show the site until the program is interrupted.

    Raises:
        LoadError, UserError: it cannot be shown as the records are now.
    """
    logging.getLogger("mkdocs").setLevel(logging.ERROR)  # links to data files lead nowhere here
    with TemporaryDirectory(prefix="claimbook-") as folder:
        server = _Server(Preview(Path(folder)))
        watched = (ROOT / name for name in FOLDERS)
        for path in (*watched, PROGRAM / "docs", PROGRAM / "claimbook", PROGRAM / "mkdocs.yml"):
            if path.exists():
                server.watch(str(path))
        print(f"{server.url} shows the site, without dossiers and data files; Ctrl-C ends it")
        try:
            server.serve()
        finally:
            server.shutdown()
