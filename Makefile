# make run    the whole portal on a bare machine, in the foreground; make run PORT=8080 and so on (docs/running.md)
# make demo   the same with invented instructions in every state, marked as such (manage.py load_demo)
# make test   every check and test
# make judges the long judges, on portals of their own: axe on every page, the API, headers, links, whatever is hostile
# make bench  what pages cost, on a portal of its own: writes benchmarks/results.md
# make chaos  a portal under load whose programs are killed and frozen: nothing is lost, nothing is done twice
# make backup   database and files of the running portal, as a new folder: make backup TO=/mnt/backups (docs/backup.md)
# make restore  puts such a folder in the portal's place: make restore FROM=/mnt/backups/20261129T120000Z
# make restore-drill  proves both, on portals of its own: destroys one, restores it, prints what was lost and how long it took
# make clean  removes .venv, DATA_DIR and whatever the portal keeps outside of it

# Any Python 3 that works: it looks for one that is new enough, or fetches it.
ASK := import sys; print(sys.executable if sys.version_info >= (3, 6) else "")
PYTHON := $(shell for python in python3 /usr/bin/python3 python3.14 python3.13 python3.12 python; do \
	found=$$("$$python" -c '$(ASK)' 2>/dev/null) && [ "$$found" ] && echo "$$found" && break; done)

.PHONY: run demo test judges bench chaos backup restore restore-drill clean
run demo test judges bench chaos backup restore restore-drill clean:
	$(if $(PYTHON),,$(error Python 3 was not found: install Python 3.13, for example python3.13 and python3.13-venv))
	@exec "$(PYTHON)" alatau_portal/embedded/bootstrap.py $@
