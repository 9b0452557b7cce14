package main

import (
	"bytes"
	"fmt"
	"strconv"
	"sync"

	"github.com/andeya/erpc/v7"
)

// kinds maps the values of --kind: each makes call i with an argument of its own and says what came back wrong, if
// anything. The results are decoded by erpc itself.
var kinds = map[string]func(c *client, i int) (*erpc.Status, string){
	"sum":    (*client).callForSum,
	"number": (*client).callForNumber,
	"bytes":  (*client).callForBytes,
}

func (c *client) callForSum(i int) (*erpc.Status, string) {
	return c.callForInt(c.methodOr("/math/add"), []int{i, 2 * i, 7}, 3*i+7)
}

func (c *client) callForNumber(i int) (*erpc.Status, string) {
	return c.callForInt(c.methodOr("/echo/sleep"), i, i)
}

func (c *client) callForInt(method string, body any, expected int) (*erpc.Status, string) {
	var result int
	status := c.session.Call(method, body, &result, c.settings...).Status()
	if status.OK() && result != expected {
		return status, fmt.Sprintf("expected %d, got %d", expected, result)
	}
	return status, ""
}

func (c *client) callForBytes(i int) (*erpc.Status, string) {
	sent := bytes.Repeat([]byte("body of call "+strconv.Itoa(i)+"\n"), 1+i%32)
	result := call(c.session, c.methodOr("/echo/bytes"), sent, c.settings...)
	if result.ok() && !bytes.Equal(result.body, sent) {
		return result.command.Status(), fmt.Sprintf("expected %d bytes, got %d others", len(sent), len(result.body))
	}
	return result.command.Status(), ""
}

// many makes all calls at the same time on one session.
func (c *client) many() {
	var (
		running    sync.WaitGroup
		mu         sync.Mutex
		ok         int
		codes      = map[string]int{}
		mismatches = []string{}
	)
	makeCall := kinds[c.kind]
	start := make(chan struct{})
	for i := 0; i < c.count; i++ {
		running.Add(1)
		go func(i int) {
			defer running.Done()
			<-start
			status, mismatch := makeCall(c, i)
			mu.Lock()
			defer mu.Unlock()
			codes[strconv.Itoa(int(status.Code()))]++
			switch {
			case mismatch != "":
				mismatches = append(mismatches, fmt.Sprintf("call %d: %s", i, mismatch))
			case status.OK():
				ok++
			}
		}(i)
	}
	close(start)
	running.Wait()
	emit("many", fields{
		"kind": c.kind, "n": c.count, "ok": ok, "mismatches": len(mismatches), "mismatch_texts": mismatches, "codes": codes,
	})
}
