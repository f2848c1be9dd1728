#!/bin/sh
# Kör tryggve på en vanlig server med tjänstens användare och inställningar. Se server.md:
# install -m 755 deploy/tryggve.sh /usr/local/bin/tryggve
# Filer utan sökväg läses och skrivs i /var/lib/tryggve.
exec systemd-run --quiet --pipe --wait --collect --uid=tryggve --property=UMask=0077 \
    --property=EnvironmentFile=/etc/tryggve/env --working-directory=/var/lib/tryggve \
    /opt/tryggve/.venv/bin/tryggve "$@"
