package main

import (
	"strconv"
	"time"

	"github.com/andeya/erpc/v7"
)

const codeDivideByZero = 1001

// routeServer registers the server's routes; erpc derives their names from the Go names.
func routeServer(peer erpc.Peer) {
	peer.RouteCall(new(Math))
	peer.RouteCall(new(Echo))
	peer.RouteCall(new(Server))
	routeStructs(peer)
	peer.RouteCallFunc(Panic)
	peer.RoutePushFunc(Status)
}

// emitCall reports a CALL whose handler has begun.
func emitCall(ctx erpc.CallCtx, more fields) {
	emit("call", fields{
		"session": ctx.Session().ID(), "method": ctx.ServiceMethod(), "codec": codecName(ctx.GetBodyCodec()),
		"codec_id": ctx.GetBodyCodec(), "filters": string(ctx.Input().XferPipe().IDs()),
	}.with(describeMeta(ctx.VisitMeta)).with(more))
}

// emitPush reports a PUSH with its body.
func emitPush(ctx erpc.PushCtx, body []byte) {
	emit("push", fields{"session": ctx.Session().ID(), "method": ctx.ServiceMethod()}.
		with(describeMeta(ctx.VisitMeta)).
		with(describeBody("body", ctx.GetBodyCodec(), body)))
}

// Math serves /math.
type Math struct{ erpc.CallCtx }

// Add sums integers.
func (m *Math) Add(numbers *[]int) (int, *erpc.Status) {
	sum := sumOf(*numbers)
	emitCall(m.CallCtx, fields{"sum": sum})
	m.SetMeta("X-Served-By", "go")
	return sum, nil
}

func sumOf(numbers []int) int {
	sum := 0
	for _, number := range numbers {
		sum += number
	}
	return sum
}

// Division is the argument of /math/divide.
type Division struct {
	A float64 `json:"a"`
	B float64 `json:"b"`
}

// Divide divides A by B.
func (m *Math) Divide(division *Division) (float64, *erpc.Status) {
	emitCall(m.CallCtx, fields{"a": division.A, "b": division.B})
	if division.B == 0 {
		return 0, erpc.NewStatus(codeDivideByZero, "divide by zero", "b is 0")
	}
	return division.A / division.B, nil
}

// Echo serves /echo.
type Echo struct{ erpc.CallCtx }

// Bytes returns the body as it came, whatever its codec.
func (e *Echo) Bytes(body *[]byte) ([]byte, *erpc.Status) {
	emitCall(e.CallCtx, fields{"size": len(*body)})
	return *body, nil
}

// Sleep returns its argument after that many milliseconds.
func (e *Echo) Sleep(milliseconds *int64) (int64, *erpc.Status) {
	emitCall(e.CallCtx, fields{"milliseconds": *milliseconds})
	time.Sleep(time.Duration(*milliseconds) * time.Millisecond)
	return *milliseconds, nil
}

// Meta sends the metadata back, with a success or with the status code given.
func (e *Echo) Meta(code *int32) (int, *erpc.Status) {
	pairs := 0
	e.VisitMeta(func(key, value []byte) {
		e.AddMeta(string(key), string(value))
		pairs++
	})
	emitCall(e.CallCtx, fields{"code": *code})
	if *code != 0 {
		return 0, erpc.NewStatus(*code, "as asked for", "")
	}
	return pairs, nil
}

// Panic serves /panic.
func Panic(ctx erpc.CallCtx, _ *[]byte) ([]byte, *erpc.Status) {
	emitCall(ctx, nil)
	panic("boom")
}

// Status serves PUSH /status with any body.
func Status(ctx erpc.PushCtx, body *[]byte) *erpc.Status {
	emitPush(ctx, *body)
	return nil
}

// Server serves /server: orders to act on the session they came in on.
type Server struct{ erpc.CallCtx }

// PushOrder asks for Times pushes of Text.
type PushOrder struct {
	Method string `json:"method"`
	Text   string `json:"text"`
	Times  int    `json:"times"`
}

// Push pushes to the caller before it replies with the number of pushes written. Each carries its index as metadata,
// since pushes may be handled in any order.
func (s *Server) Push(order *PushOrder) (int, *erpc.Status) {
	emitCall(s.CallCtx, nil)
	for i := 0; i < order.Times; i++ {
		status := s.Session().Push(order.Method, order.Text, erpc.WithAddMeta("X-Push-Index", strconv.Itoa(i)))
		if !status.OK() {
			return i, status
		}
	}
	return order.Times, nil
}

// CallBackOrder asks for a CALL of Method with Numbers.
type CallBackOrder struct {
	Method  string `json:"method"`
	Numbers []int  `json:"numbers"`
}

// CallBack calls the caller and passes its answer on, result or status.
func (s *Server) CallBack(order *CallBackOrder) ([]byte, *erpc.Status) {
	emitCall(s.CallCtx, nil)
	answer := call(s.Session(), order.Method, order.Numbers)
	if !answer.ok() {
		return nil, answer.command.Status()
	}
	s.SetBodyCodec(answer.command.InputBodyCodec())
	return answer.body, nil
}

// Close ends the caller's session. A graceful close lets this reply and all running handlers out first.
func (s *Server) Close(how *CloseOrder) (bool, *erpc.Status) {
	emitCall(s.CallCtx, nil)
	session := s.Session()
	if how.Abrupt || how.Reset {
		err := how.closeSession(session)
		return err == nil, nil // cannot arrive
	}
	go func() {
		if err := how.closeSession(session); err != nil {
			emit("close_failed", fields{"session": session.ID(), "error": err.Error()})
		}
	}()
	return true, nil
}

// CloseOrder is the argument of /server/close; erpc wants its type exported.
type CloseOrder struct{ closing }
