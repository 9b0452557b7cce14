package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/andeya/erpc/v7/codec"
	"github.com/apache/thrift/lib/go/thrift"
)

// Sample is one struct for every codec that writes structs: JSON, form and XML by its tags, Protobuf by the same tags as
// generated code has, Thrift by its methods. The Protobuf field numbers and types are those of the well-known message
// google.protobuf.GeneratedCodeInfo.Annotation, so that other languages need no generator.
type Sample struct {
	Text   string  `json:"text" form:"text" xml:"text" protobuf:"bytes,2,opt,name=source_file"`
	Number int32   `json:"number" form:"number" xml:"number" protobuf:"varint,3,opt,name=begin"`
	List   []int32 `json:"list" form:"list" xml:"list" protobuf:"varint,1,rep,packed,name=path"`
}

// structCodecs are the codecs that write structs, by name.
var structCodecs = []string{codec.NAME_JSON, codec.NAME_FORM, codec.NAME_XML, codec.NAME_PROTOBUF, codec.NAME_THRIFT}

func sampleOf(args json.RawMessage) (*Sample, error) {
	sample := &Sample{}
	err := json.Unmarshal(args, sample)
	return sample, err
}

// Reset is asked for by Protobuf.
func (s *Sample) Reset() { *s = Sample{} }

func (s *Sample) String() string { return fmt.Sprintf("Sample%+v", *s) }

// ProtoMessage is asked for by Protobuf.
func (*Sample) ProtoMessage() {}

// Write writes fields 1 text, 2 number and 3 list.
func (s *Sample) Write(ctx context.Context, out thrift.TProtocol) error {
	w := &thriftWriter{ctx: ctx, out: out}
	w.do(out.WriteStructBegin(ctx, "sample"))
	w.field("text", thrift.STRING, 1, func() error { return out.WriteString(ctx, s.Text) })
	w.field("number", thrift.I32, 2, func() error { return out.WriteI32(ctx, s.Number) })
	w.field("list", thrift.LIST, 3, func() error {
		w.do(out.WriteListBegin(ctx, thrift.I32, len(s.List)))
		for _, number := range s.List {
			w.do(out.WriteI32(ctx, number))
		}
		return out.WriteListEnd(ctx)
	})
	w.do(out.WriteFieldStop(ctx))
	w.do(out.WriteStructEnd(ctx))
	return w.err
}

// thriftWriter keeps the first error.
type thriftWriter struct {
	ctx context.Context
	out thrift.TProtocol
	err error
}

func (w *thriftWriter) do(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *thriftWriter) field(name string, kind thrift.TType, id int16, value func() error) {
	w.do(w.out.WriteFieldBegin(w.ctx, name, kind, id))
	w.do(value())
	w.do(w.out.WriteFieldEnd(w.ctx))
}

// Read reads what Write writes and skips other fields.
func (s *Sample) Read(ctx context.Context, in thrift.TProtocol) error {
	if _, err := in.ReadStructBegin(ctx); err != nil {
		return err
	}
	for {
		_, kind, id, err := in.ReadFieldBegin(ctx)
		if err != nil {
			return err
		}
		if kind == thrift.STOP {
			return in.ReadStructEnd(ctx)
		}
		if err = s.readField(ctx, in, kind, id); err != nil {
			return err
		}
		if err = in.ReadFieldEnd(ctx); err != nil {
			return err
		}
	}
}

func (s *Sample) readField(ctx context.Context, in thrift.TProtocol, kind thrift.TType, id int16) (err error) {
	switch {
	case id == 1 && kind == thrift.STRING:
		s.Text, err = in.ReadString(ctx)
	case id == 2 && kind == thrift.I32:
		s.Number, err = in.ReadI32(ctx)
	case id == 3 && kind == thrift.LIST:
		s.List, err = readNumbers(ctx, in)
	default:
		err = in.Skip(ctx, kind)
	}
	return err
}

func readNumbers(ctx context.Context, in thrift.TProtocol) (numbers []int32, err error) {
	kind, size, err := in.ReadListBegin(ctx)
	if err != nil {
		return nil, err
	}
	if kind != thrift.I32 {
		return nil, fmt.Errorf("a list of %v, not of numbers", kind)
	}
	for i := 0; i < size; i++ {
		number, err := in.ReadI32(ctx)
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, number)
	}
	return numbers, in.ReadListEnd(ctx)
}
