package main

import (
	"bytes"
	"fmt"
	"os"
	"time"

	"github.com/andeya/erpc/v7"
)

// stderrLog writes erpc's log to standard error. The framework's own writer sends errors to standard output, where they
// would mix with the events.
type stderrLog struct{}

func (stderrLog) Output(_ int, message []byte, level erpc.LoggerLevel) {
	if bytes.HasPrefix(message, []byte("trying to redial...")) {
		// No hook tells; from here on a call waits for the new connection.
		emit("redialing", nil)
	}
	fmt.Fprintf(os.Stderr, "%s [%s] %s\n", time.Now().Format("15:04:05.000"), level, message)
}

func (stderrLog) Flush() error { return nil }

func logToStderr() {
	erpc.SetLoggerOutputter(stderrLog{})
}
