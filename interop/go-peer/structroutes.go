package main

import (
	"github.com/andeya/erpc/v7"
)

// routeStructs registers the same routes once for each codec, since other languages may need another type for each:
// /json/struct/change, /thrift/struct/change and so on.
func routeStructs(peer erpc.Peer) {
	for _, name := range structCodecs {
		group := peer.SubRoute("/" + name)
		group.RouteCall(new(Struct))
		group.RoutePush(new(StructPush))
	}
	peer.RouteCall(new(Text))
}

// Struct serves /CODEC/struct.
type Struct struct{ erpc.CallCtx }

// Change puts a mark at the end of the text and adds the list to the number, so that nothing but real decoding and
// encoding gives the right result.
func (s *Struct) Change(sample *Sample) (*Sample, *erpc.Status) {
	emitCall(s.CallCtx, fields{"size": len(sample.Text), "number": sample.Number, "list": sample.List})
	return changed(sample), nil
}

func changed(sample *Sample) *Sample {
	result := &Sample{Text: sample.Text + "!", Number: sample.Number, List: sample.List}
	for _, number := range sample.List {
		result.Number += number
	}
	return result
}

// Fail answers with the status that its argument describes.
func (s *Struct) Fail(sample *Sample) (*Sample, *erpc.Status) {
	emitCall(s.CallCtx, fields{"size": len(sample.Text), "number": sample.Number, "list": sample.List})
	return nil, erpc.NewStatus(sample.Number, sample.Text, "as asked for")
}

// StructPush serves PUSH /CODEC/struct_push.
type StructPush struct{ erpc.PushCtx }

// Status reports the sample as erpc has decoded it.
func (s *StructPush) Status(sample *Sample) *erpc.Status {
	emit("push", fields{
		"session": s.Session().ID(), "method": s.ServiceMethod(), "codec": codecName(s.GetBodyCodec()),
		"codec_id": s.GetBodyCodec(), "body": sample,
	}.with(describeMeta(s.VisitMeta)))
	return nil
}

// Text serves /text, for codecs that write single values.
type Text struct{ erpc.CallCtx }

// Change puts a mark at the end of the text.
func (t *Text) Change(text *string) (string, *erpc.Status) {
	emitCall(t.CallCtx, fields{"size": len(*text)})
	return *text + "!", nil
}

// Fail answers with a status that carries the text.
func (t *Text) Fail(text *string) (string, *erpc.Status) {
	emitCall(t.CallCtx, fields{"size": len(*text)})
	return "", erpc.NewStatus(codeAsAskedFor, *text, "as asked for")
}

const codeAsAskedFor = 1234
