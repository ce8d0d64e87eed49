#!/usr/bin/env python3
"""What a plain rendering does not pay for: libraries of other work, and the check of layouts that
were valid when the program was built."""
import os
import re
import shutil
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from command import DONE, ROOT, SAMPLE, Case, environment, run  # noqa: E402

# cairo and its window system, images, the encodings of the world, cryptography, PDF reading.
OTHERS_WORK = re.compile(r"/lib(cairo|X11|xcb|png|jpeg|turbojpeg|lcms|rsvg|xml2|icu|crypto|qpdf|curl|banxin-)")


class Start(Case):
    def libraries(self, *args):
        """The libraries that a run had loaded, as the loader tells them."""
        for name in os.listdir(self.folder):
            if name.startswith("loaded."):
                os.remove(self.path(name))
        done = run(*args, env=environment(LD_DEBUG="files", LD_DEBUG_OUTPUT=self.path("loaded")))
        self.assertEqual(done.returncode, DONE, done.told)
        told = "".join(self.read(self.path(name)).decode() for name in os.listdir(self.folder)
                       if name.startswith("loaded."))
        loaded = set(re.findall(r"calling init: (\S+)", told))
        self.assertTrue(any("libharfbuzz" in path for path in loaded), told[:2000])
        return {path for path in loaded if OTHERS_WORK.search(path)}

    def layouts(self):
        folder = self.path("layouts")
        shutil.copytree(os.path.join(ROOT, "layouts"), folder)
        return folder

    def test_loads_nothing_of_other_work(self):
        # libpng comes along with freetype, which is HarfBuzz's.
        self.assertEqual({path for path in self.libraries("render", SAMPLE, "-o", self.path("a.pdf"))
                          if "libpng" not in path}, set())

    def test_loads_what_a_preview_needs(self):
        self.assertTrue(any("libcairo" in path for path in self.libraries(
            "preview", SAMPLE, "-o", self.path("%d.png"), "--dpi", "36")))

    def test_layouts_elsewhere_are_known_by_their_bytes(self):
        args = ("render", SAMPLE, "-o", self.path("a.pdf"), "--layouts", self.layouts())
        self.assertFalse(any("libxml2" in path for path in self.libraries(*args)))

    def test_a_changed_layout_is_validated(self):
        folder = self.layouts()
        path = os.path.join(folder, "styles", "gbt9704.xml")
        text = self.read(path).decode()
        args = ("render", SAMPLE, "-o", self.path("a.pdf"), "--layouts", folder)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text + "<!-- mine -->")
        self.assertTrue(any("libxml2" in path for path in self.libraries(*args)))
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace("<pages ", "<sheets ").replace("</pages>", "</sheets>"))
        done = run(*args)
        self.assertNotEqual(done.returncode, DONE)
        self.assertIn("styles/gbt9704.xml", done.told)


if __name__ == "__main__":
    unittest.main()
