"""Every figure in one run: what the dashboard costs, then how fast the engine trains.

python tests/benchmarks [--quick]
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    for script in ("interface_cost.py", "engine_speed.py"):
        options = sys.argv[1:] if script == "interface_cost.py" else []
        subprocess.run([sys.executable, HERE / script, *options], check=True)


if __name__ == "__main__":
    main()
