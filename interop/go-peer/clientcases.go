package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"math/rand"
	"os"
	"strconv"

	"github.com/andeya/erpc/v7"
)

// step makes one call and reports it.
func (c *client) step(name, method string, body any, settings ...erpc.MessageSetting) {
	result := call(c.session, method, body, settings...)
	emit("result", fields{"step": name, "method": method}.with(result.fields()))
}

func (c *client) call() {
	c.step("call", c.methodOr("/math/add"), c.body, c.settings...)
}

// callRaw sends the bytes given, announced under the codec id given, and shows the reply's bytes.
func (c *client) callRaw() {
	method := c.methodOr("/echo/bytes")
	settings := append(c.settings, erpc.WithBodyCodec(byte(c.codecID)))
	result := call(c.session, method, c.rawBody, settings...)
	emit("result", fields{"step": "call_raw", "method": method}.
		with(result.fields()).
		with(fields{"result_hex": hex.EncodeToString(result.body)}))
}

func (c *client) push() {
	method := c.methodOr("/status")
	status := c.session.Push(method, c.body, c.settings...)
	emit("pushed", fields{"method": method, "status": describeStatus(status)})
}

// big sends a body that no filter can shrink and compares what comes back.
func (c *client) big() {
	method := c.methodOr("/echo/bytes")
	sent := make([]byte, c.size)
	rand.New(rand.NewSource(int64(c.size))).Read(sent)
	result := call(c.session, method, sent, c.settings...)
	sentHash, receivedHash := sha256Hex(sent), sha256Hex(result.body)
	emit("big", fields{
		"method": method, "status": describeStatus(result.command.Status()),
		"sent_size": len(sent), "sent_sha256": sentHash,
		"received_size": len(result.body), "received_sha256": receivedHash,
		"equal": sentHash == receivedHash,
	})
}

func sha256Hex(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// badBody sends bytes that are not JSON as JSON, then shows whether the session still works.
func (c *client) badBody() {
	body := c.rawBody
	if len(body) == 0 {
		body = []byte("this is not JSON")
	}
	c.step("bad_body", c.methodOr("/math/add"), body, append(c.settings, erpc.WithBodyCodec('j'))...)
	c.step("after", "/math/add", []int{1, 2, 3})
}

// unknownRoute calls and pushes to nobody, then shows whether the session still works.
func (c *client) unknownRoute() {
	method := c.methodOr("/no/such/route")
	c.step("unknown_route", method, c.body, c.settings...)
	status := c.session.Push(method, c.body, c.settings...)
	emit("pushed", fields{"step": "unknown_push", "method": method, "status": describeStatus(status)})
	c.step("after", "/math/add", []int{1, 2, 3})
}

// closeInFlight closes the session once all calls are written, or later when told so on standard input.
func (c *client) closeInFlight() {
	method := c.methodOr("/echo/sleep")
	done := make(chan erpc.CallCmd, c.count)
	results := make([]*outcome, c.count)
	for i := range results {
		results[i] = &outcome{}
		results[i].command = c.session.AsyncCall(method, c.milliseconds, &results[i].body, done, c.settings...)
	}
	emit("calls_started", fields{"method": method, "n": c.count})
	if c.awaitInput {
		bufio.NewScanner(os.Stdin).Scan()
	}
	closeError := c.how.closeSession(c.session)
	emit("closed", fields{"close_error": errorText(closeError)})

	codes := map[string]int{}
	for i, result := range results {
		<-result.command.Done()
		codes[strconv.Itoa(int(result.command.Status().Code()))]++
		emit("result", fields{"step": "in_flight", "index": i, "method": method}.with(result.fields()))
	}
	emit("close_in_flight", fields{"n": c.count, "codes": codes})
}
