"""Every figure in one run: what the dashboard costs, what it is like behind a slow line, then how fast the
engine trains.

python tests/benchmarks [--quick]
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    quick = [option for option in sys.argv[1:] if option == "--quick"]
    options = {"interface_cost.py": sys.argv[1:], "slow_line.py": quick, "engine_speed.py": quick}
    for script, given in options.items():
        subprocess.run([sys.executable, HERE / script, *given], check=True)


if __name__ == "__main__":
    main()
