package main

import (
	"fmt"

	"github.com/andeya/erpc/v7"
)

// routeClient registers what the client answers: /client/add, and every push.
func routeClient(peer erpc.Peer) {
	peer.RouteCall(new(Client))
	peer.SetUnknownPush(anyPush)
}

// Client serves /client on the dialing side.
type Client struct{ erpc.CallCtx }

// Add sums integers.
func (c *Client) Add(numbers *[]int) (int, *erpc.Status) {
	sum := sumOf(*numbers)
	emitCall(c.CallCtx, fields{"sum": sum})
	return sum, nil
}

func anyPush(ctx erpc.UnknownPushCtx) *erpc.Status {
	emitPush(ctx, ctx.InputBodyBytes())
	return nil
}

// serve stays connected, answers the server, and takes commands until "exit" or the end of input.
func (c *client) serve() {
	emit("serving", fields{"id": c.session.ID()})
	readCommands(c.serveCommand)
}

func (c *client) serveCommand(given command) error {
	switch given.Cmd {
	case "call", "push", "big":
		return c.send(given)
	case "close":
		// In the background, as a graceful close waits for the server while commands go on.
		go func() {
			err := given.closeSession(c.session)
			emit("closed", fields{"id": given.ID, "close_error": errorText(err)})
		}()
		return nil
	default:
		return fmt.Errorf("unknown command %q", given.Cmd)
	}
}

func (c *client) send(given command) error {
	message := given.options
	if message.Codec == "" {
		message.Codec = c.peer.codec
	}
	if given.Cmd == "big" {
		return c.bigStruct(given, message)
	}
	settings, err := message.settings()
	if err != nil {
		return err
	}
	body, err := message.body(given.Args)
	if err != nil {
		return err
	}
	about := fields{"id": given.ID, "method": given.Method}
	if given.Cmd == "push" {
		status := c.session.Push(given.Method, body, settings...)
		emit("pushed", about.with(fields{"status": describeStatus(status)}))
		return nil
	}
	go func() {
		result := call(c.session, given.Method, body, settings...)
		emit("result", about.with(result.fields()))
	}()
	return nil
}
