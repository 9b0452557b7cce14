package main

import (
	"fmt"
	"sort"
	"strings"

	"github.com/andeya/erpc/v7"
	"github.com/andeya/erpc/v7/codec"
	"github.com/andeya/erpc/v7/mixer/websocket/jsonSubProto"
	"github.com/andeya/erpc/v7/mixer/websocket/pbSubProto"
	"github.com/andeya/erpc/v7/proto/httproto"
	"github.com/andeya/erpc/v7/proto/jsonproto"
	"github.com/andeya/erpc/v7/proto/pbproto"
	"github.com/andeya/erpc/v7/proto/rawproto"
	"github.com/andeya/erpc/v7/proto/thriftproto"
	"github.com/andeya/erpc/v7/xfer"
	"github.com/andeya/erpc/v7/xfer/gzip"
	"github.com/andeya/erpc/v7/xfer/md5"
)

// protocols maps the values of --proto.
var protocols = map[string]func() erpc.ProtoFunc{
	"raw":           rawproto.NewRawProtoFunc,
	"json":          jsonproto.NewJSONProtoFunc,
	"protobuf":      pbproto.NewPbProtoFunc,
	"thrift-binary": thriftproto.NewBinaryProtoFunc,
	"thrift-struct": thriftproto.NewStructProtoFunc,
	"ws-json":       jsonSubProto.NewJSONSubProtoFunc,
	"ws-protobuf":   pbSubProto.NewPbSubProtoFunc,
	"http":          func() erpc.ProtoFunc { return httproto.NewHTTProtoFunc() },
}

// onlyStructs is true with thrift-struct: bodies can be nothing but Thrift structs, so raw bytes cannot stand in for them.
var onlyStructs bool

// useHTTPStyleNames gives routes names like /math/add. That is erpc's default, but the mere import of its Thrift protocol
// changes the naming (and the default codec, which --codec always sets) for the whole process.
func useHTTPStyleNames() {
	erpc.SetServiceMethodMapper(erpc.HTTPServiceMethodMapper)
}

// registerFilters registers the filters of the shared wire vectors under the same ids and names.
func registerFilters() {
	gzip.Reg('g', "gzip-5", 5)
	md5.Reg('m', "md5")
}

func protocolByName(name string) (erpc.ProtoFunc, error) {
	newProtocol, ok := protocols[name]
	if !ok {
		return nil, fmt.Errorf("unknown protocol %q, known are %s", name, strings.Join(protocolNames(), ", "))
	}
	return newProtocol(), nil
}

func protocolNames() []string {
	names := make([]string, 0, len(protocols))
	for name := range protocols {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// filterIDs reads a filter list written as one character per filter, outermost first ("gm").
func filterIDs(list string) ([]byte, error) {
	ids := []byte(list)
	for _, id := range ids {
		if _, err := xfer.Get(id); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// codecName names a codec id, or is empty for one that is not registered.
func codecName(id byte) string {
	known, err := codec.Get(id)
	if err != nil {
		return ""
	}
	return known.Name()
}
