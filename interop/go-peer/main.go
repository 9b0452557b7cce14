// Command go-peer is the Go side of the interoperability tests: a server or a client built on the published
// github.com/andeya/erpc/v7 module. It is driven by arguments and by JSON lines on standard input, and it reports with
// one JSON object per line on standard output. README.md lists both.
package main

import (
	"fmt"
	"os"

	_ "io.teleport/interop/go-peer/early"
)

// Exit codes. What a call returned never decides the exit code: the test that reads the events judges it.
const (
	exitUsage   = 2
	exitTimeout = 3
)

const usage = `usage:
  go-peer server [--listen 127.0.0.1:0] [flags]
  go-peer client --addr HOST:PORT --do CASE [flags]
Add --help after server or client for the flags.`

func main() {
	// Events own standard output. Whatever else prints there by habit goes to standard error.
	os.Stdout = os.Stderr
	logToStderr()
	useHTTPStyleNames()
	registerFilters()

	if len(os.Args) < 2 {
		failUsage("a role is needed")
	}
	switch role, args := os.Args[1], os.Args[2:]; role {
	case "server":
		runServer(args)
	case "client":
		runClient(args)
	default:
		failUsage("unknown role %q", role)
	}
}

func failUsage(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "go-peer: "+format+"\n%s\n", append(args, usage)...)
	os.Exit(exitUsage)
}
