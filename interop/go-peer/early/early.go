// Package early lets erpc's protobuf protocol and its WebSocket module be in one program. Both bring a Protobuf message
// named pb.payload, and the Protobuf runtime that erpc asks for ends a program with two messages of one name, unless this
// variable is set.
//
// It must be set before that runtime is initialized. Go initializes packages in the order of their paths, each after those
// it imports (language specification, "Program initialization"): this one imports only syscall, so it comes before os,
// which the runtime imports. Hence no import may be added here.
package early

import "syscall"

func init() {
	if err := syscall.Setenv("GOLANG_PROTOBUF_REGISTRATION_CONFLICT", "ignore"); err != nil {
		panic(err)
	}
}
