package main

import (
	"net"
	"net/http"

	"github.com/andeya/erpc/v7"
	"github.com/andeya/erpc/v7/mixer/websocket"
)

// serveWebSocket listens with erpc's listener and serves erpc's WebSocket handler. erpc's own WebSocket server is not
// used, because it takes port 0 for port 80 (443 with TLS).
func (p *peerOptions) serveWebSocket(server erpc.Peer, config erpc.PeerConfig, protocol erpc.ProtoFunc) error {
	address := config.ListenAddr()
	listener, err := erpc.NewInheritedListener(address, server.TLSConfig())
	if err != nil {
		return err
	}
	paths := http.NewServeMux()
	paths.Handle(p.path, websocket.NewServeHandler(server, nil, protocol))
	announceListening(listener.Addr())
	return http.Serve(listener, paths)
}

func announceListening(address net.Addr) {
	emit("listening", fields{"addr": address.String()})
}

// webSocketPlugins are what makes a client upgrade the connections it dials.
func (p *peerOptions) webSocketPlugins() []erpc.Plugin {
	if !p.overWebSocket() {
		return nil
	}
	return []erpc.Plugin{websocket.NewDialPlugin(p.path)}
}
