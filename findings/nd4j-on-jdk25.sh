#!/usr/bin/env bash
# JavaCPP 1.5.7 (ND4J 1.0.0-M2.1's) on JDK 25: two warnings, of System::load and of sun.misc.Unsafe, each silenced by a flag of
# its own. Where Unsafe or native access is denied, as JDK 25 announces for later releases, ND4J does not start at all.
# Needs a JDK 25 as JAVA_HOME; exits 2 without one.
. "$(dirname "$0")/run-java.sh"
java="${JAVA_HOME:-}/bin/java"
if ! "$java" --version 2>/dev/null | grep -q '^openjdk 25'; then
    echo 'set JAVA_HOME to a JDK 25' >&2
    exit 2
fi
packages org.nd4j:nd4j-native-platform:1.0.0-M2.1
allow_native='--enable-native-access=ALL-UNNAMED'
allow_unsafe='--sun-misc-unsafe-memory-access=allow'
for flags in '' "$allow_native" "$allow_unsafe" "$allow_native $allow_unsafe" \
    "$allow_native --sun-misc-unsafe-memory-access=deny" "--illegal-native-access=deny $allow_unsafe"; do
    mkdir -p "$work/run"
    cat >"$work/run/Sum.java" <<'JAVA'
public class Sum {
    public static void main(String[] args) {
        System.out.println("2 x 2 ones: " + org.nd4j.linalg.factory.Nd4j.ones(2, 2).sumNumber());
        System.exit(0);
    }
}
JAVA
    # shellcheck disable=SC2086
    "$java" $flags -Dorg.bytedeco.javacpp.cachedir="$work/natives" -cp "$work/lib/*" "$work/run/Sum.java" >"$work/all" 2>&1 || true
    echo "flags: ${flags:-none}"
    grep -oE '2 x 2 ones: .*|WARNING: (java.lang.System::load|sun.misc.Unsafe::arrayBaseOffset) has been called by [^ ]*|UnsupportedOperationException: arrayBaseOffset|IllegalCallerException: Illegal native access' \
        "$work/all" | sort -u | sed 's/^/  /'
done | tee "$work/said"
diff <(cat <<'SEEN'
flags: none
  2 x 2 ones: 4.0
  WARNING: java.lang.System::load has been called by org.bytedeco.javacpp.Loader
  WARNING: sun.misc.Unsafe::arrayBaseOffset has been called by org.bytedeco.javacpp.indexer.UnsafeRaw
flags: --enable-native-access=ALL-UNNAMED
  2 x 2 ones: 4.0
  WARNING: sun.misc.Unsafe::arrayBaseOffset has been called by org.bytedeco.javacpp.indexer.UnsafeRaw
flags: --sun-misc-unsafe-memory-access=allow
  2 x 2 ones: 4.0
  WARNING: java.lang.System::load has been called by org.bytedeco.javacpp.Loader
flags: --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
  2 x 2 ones: 4.0
flags: --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=deny
  UnsupportedOperationException: arrayBaseOffset
flags: --illegal-native-access=deny --sun-misc-unsafe-memory-access=allow
  IllegalCallerException: Illegal native access
SEEN
) "$work/said" || { echo CHANGED; exit 1; }
echo 'as seen when this was written'
