package main

import (
	"encoding/json"
	"io"
	"os"
	"sync"
)

// fields are the keys of one event besides "event" itself.
type fields map[string]any

// with adds the keys of more and returns the receiver.
func (f fields) with(more fields) fields {
	for key, value := range more {
		f[key] = value
	}
	return f
}

// events writes one JSON object per line, each whole, whichever goroutine it comes from.
type events struct {
	mu      sync.Mutex
	encoder *json.Encoder
}

// output is the process's event stream. It holds the real standard output, which main takes away from everybody else.
var output = newEvents(os.Stdout)

func newEvents(w io.Writer) *events {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return &events{encoder: encoder}
}

// emit prints one event.
func emit(event string, f fields) {
	line := fields{"event": event}.with(f)
	output.mu.Lock()
	defer output.mu.Unlock()
	if err := output.encoder.Encode(line); err != nil {
		// Only a value JSON cannot express, or a lost reader, leads here; either way the test can no longer follow.
		panic(err)
	}
}
