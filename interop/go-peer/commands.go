package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
)

const longestCommand = 16 << 20

// command is one line of standard input; which keys count depends on Cmd.
type command struct {
	Cmd     string          `json:"cmd"`
	ID      any             `json:"id"`
	Method  string          `json:"method"`
	Text    string          `json:"text"`
	Numbers []int           `json:"numbers"`
	Size    int             `json:"size"`
	Args    json.RawMessage `json:"args"`
	options
	closing
}

// readCommands hands every line of standard input to handle and ends the process at "exit" and at the end of input, so
// that no peer outlives the test that started it.
func readCommands(handle func(command) error) {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, longestCommand)
	for lines.Scan() {
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		var given command
		err := json.Unmarshal(line, &given)
		if err == nil {
			if given.Cmd == "exit" {
				exit("command")
			}
			err = handle(given)
		}
		if err != nil {
			emit("command_error", fields{"line": string(line), "error": err.Error()})
		}
	}
	if err := lines.Err(); err != nil {
		exit(err.Error())
	}
	exit("end of input")
}

// exit leaves at once: connections still open are closed by the operating system, not by erpc.
func exit(reason string) {
	emit("exit", fields{"reason": reason})
	os.Exit(0)
}
