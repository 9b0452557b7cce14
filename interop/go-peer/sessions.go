package main

import (
	"fmt"
	"net"
	"sync"

	"github.com/andeya/erpc/v7"
)

// sessionEvents reports sessions as they come and go, and the listening address.
type sessionEvents struct {
	open sync.Map // session id -> struct{}
}

var (
	_ erpc.PostListenPlugin     = (*sessionEvents)(nil)
	_ erpc.PostDialPlugin       = (*sessionEvents)(nil)
	_ erpc.PreReadHeaderPlugin  = (*sessionEvents)(nil)
	_ erpc.PostDisconnectPlugin = (*sessionEvents)(nil)
)

func (*sessionEvents) Name() string { return "session-events" }

func (*sessionEvents) PostListen(addr net.Addr) error {
	announceListening(addr)
	return nil
}

// PostDial reports each connection of a session that dials again; the session is not yet usable then.
func (*sessionEvents) PostDial(session erpc.PreSession, isRedial bool) *erpc.Status {
	if isRedial {
		emit("redialed", fields{"local": session.LocalAddr().String()})
	}
	return nil
}

// PreReadHeader runs before each message is awaited. The first run is the earliest point at which an accepted session
// is in the peer's index, so commands sent on seeing session_open reach it; PostAccept would be too early.
func (s *sessionEvents) PreReadHeader(ctx erpc.PreCtx) error {
	s.announce(ctx.Session())
	return nil
}

// announce reports a session once.
func (s *sessionEvents) announce(session erpc.CtxSession) {
	if _, seen := s.open.LoadOrStore(session.ID(), struct{}{}); !seen {
		emit("session_open", fields{
			"id": session.ID(), "local": session.LocalAddr().String(), "remote": session.RemoteAddr().String(),
		})
	}
}

func (s *sessionEvents) PostDisconnect(session erpc.BaseSession) *erpc.Status {
	if _, open := s.open.LoadAndDelete(session.ID()); open {
		own, _ := session.(interface{ IsActiveClosed() bool })
		emit("session_closed", fields{"id": session.ID(), "own_close": own != nil && own.IsActiveClosed()})
	}
	return nil
}

// closing says how a session is to be ended.
type closing struct {
	Abrupt bool `json:"abrupt"` // close the connection without waiting for anything
	Reset  bool `json:"reset"`  // the same, with a TCP reset instead of an orderly end
}

// closeSession ends a session and returns when that is done. Graceful closing waits for running handlers and pending
// calls, without limit, so it must not be waited for inside a handler of the same session.
func (how closing) closeSession(session erpc.CtxSession) (err error) {
	if how.Abrupt || how.Reset {
		return how.closeConnection(session)
	}
	defer func() {
		// erpc's Close can panic when it races with new messages; the session is then left half closed.
		if p := recover(); p != nil {
			err = fmt.Errorf("close panicked: %v", p)
		}
	}()
	return session.(erpc.Session).Close()
}

func (how closing) closeConnection(session erpc.CtxSession) error {
	var connection net.Conn
	session.(erpc.PreSession).ModifySocket(func(conn net.Conn) (net.Conn, erpc.ProtoFunc) {
		connection = conn
		return nil, nil // changes nothing
	})
	if tcp, ok := connection.(*net.TCPConn); ok && how.Reset {
		if err := tcp.SetLinger(0); err != nil {
			return err
		}
	}
	return connection.Close()
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
