# Sourced by the findings: runs a few lines of Java against published packages, and nothing of this project.
#
#   packages GROUP:ARTIFACT:VERSION ...    puts these, and what they need, into a temporary folder (none: the JDK alone)
#   seen 'LINES' <<'JAVA' ... JAVA         runs the Java; exits 0 if say(...) printed these lines, 1 if it printed others
#
# The Java is the body of main; its import lines come first. Needs JDK 17 or newer and Maven.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

platform() {
    local machine
    machine="$(uname -m | sed 's/aarch64/arm64/')"
    case "$(uname -s)" in
        Darwin) echo "macosx-$machine" ;;
        *) echo "linux-$machine" ;;
    esac
}

packages() {
    {
        echo '<project><modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId>'
        echo '<version>1</version><packaging>pom</packaging><dependencies>'
        local package group artifact version
        for package in "$@" org.slf4j:slf4j-nop:1.7.36; do
            IFS=: read -r group artifact version <<<"$package"
            echo "<dependency><groupId>$group</groupId><artifactId>$artifact</artifactId><version>$version</version></dependency>"
        done
        echo '</dependencies></project>'
    } >"$work/pom.xml"
    # Without javacpp.platform, the natives of every operating system are downloaded.
    mvn -q -B -ntp -f "$work/pom.xml" -Djavacpp.platform="$(platform)" -Djavacpp.platform.host \
        org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$work/lib" >"$work/maven" 2>&1 ||
        { cat "$work/maven" >&2; exit 2; }
    echo "packages: $*"
}

seen() {
    local java="$work/Finding.java"
    cat >"$work/body"
    {
        grep '^import ' "$work/body" || true
        echo 'public class Finding {'
        echo '    static void say(Object line) { System.out.println("> " + String.valueOf(line).replaceAll("\\s+", " ")); }'
        echo '    public static void main(String[] args) throws Exception {'
        grep -v '^import ' "$work/body"
        echo '        System.exit(0);'
        echo '    }'
        echo '}'
    } >"$java"
    [ -d "$work/lib" ] || echo "no packages, $("${JAVA_HOME:+$JAVA_HOME/bin/}java" -version 2>&1 | head -n 1)"
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Dorg.bytedeco.javacpp.cachedir="$work/natives" \
        -cp "$work/lib/*" "$java" >"$work/all" 2>&1 || true
    sed -n 's/^> //p' "$work/all" >"$work/said"
    echo 'output:'
    sed 's/^/    /' "$work/said"
    if diff <(printf '%s\n' "$1") "$work/said" >"$work/diff"; then
        echo 'as seen when this was written'
    else
        echo 'CHANGED (<: seen when this was written, >: now)'
        cat "$work/diff"
        [ -s "$work/said" ] || tail -n 20 "$work/all"
        exit 1
    fi
}
