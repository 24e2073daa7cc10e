"""Every figure in one run: what the dashboard costs, alone and with the network or the set-up open, what
it is like behind a slow line, how fast the engine trains, then how well it learns.

python tests/benchmarks [--quick]
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    quick = [option for option in sys.argv[1:] if option == "--quick"]
    others = dict.fromkeys(
        ("playground_cost.py", "slow_line.py", "engine_speed.py", "learning.py"), quick
    )
    options = {"interface_cost.py": sys.argv[1:], **others}
    for script, given in options.items():
        subprocess.run([sys.executable, HERE / script, *given], check=True)


if __name__ == "__main__":
    main()
