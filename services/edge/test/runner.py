# SPDX-License-Identifier: Apache-2.0
"""Runs the tests and closes with one line that a machine can read."""

import pathlib
import sys
import unittest

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here))
names = sys.argv[1:] or sorted(path.stem for path in here.glob("test_*.py"))
suite = unittest.defaultTestLoader.loadTestsFromNames(names)
result = unittest.TextTestRunner(verbosity=2, warnings="ignore").run(suite)
failed = len(result.failures) + len(result.errors)
print(f"{result.testsRun - failed - len(result.skipped)} passed, {failed} failed", flush=True)
sys.exit(1 if failed or not result.testsRun else 0)
