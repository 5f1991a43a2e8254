import { expect, test } from "vitest";
import { z } from "zod";
import { variantExamples } from "./body-examples.ts";
import { createSchemaCollector } from "./schema-collector.ts";

const Size = z.number().meta({ label: "Size", hint: "In metres." });
const Order = z.object({
  kind: z.enum(["box", "bag"]),
  content: z.record(z.string(), z.unknown()),
  label: z.string(),
});
const BoxOrder = Order.extend({ kind: z.literal("box"), content: z.object({ size: Size }) });
const BagOrder = Order.extend({
  kind: z.literal("bag"),
  content: z.object({ colours: z.array(z.string()) }),
});
const OrderPage = z.object({ items: z.array(Order), total: z.number().nullable(), isLast: z.boolean() });

function collect() {
  const collector = createSchemaCollector({
    schemas: { Order, OrderPage },
    variants: {
      Order: {
        field: "kind",
        schemas: { box: { name: "BoxOrder", schema: BoxOrder }, bag: { name: "BagOrder", schema: BagOrder } },
      },
    },
    texts: {
      descriptions: {
        Order: "An order.",
        "Order.label": "What is written on it.",
        OrderPage: "A page of orders.",
      },
      examples: { label: "Fragile", "BagOrder.label": "Light", size: 2, colours: ["red"], total: 7 },
    },
  });
  const used = collector.describe(OrderPage, "output");
  return { used, components: collector.components() };
}

test("shows a schema as its variants, also where another schema uses it", () => {
  const { components } = collect();
  const box = "#/components/schemas/BoxOrder";
  const bag = "#/components/schemas/BagOrder";
  expect(components["Order"]).toEqual({
    description: "An order.",
    oneOf: [{ $ref: box }, { $ref: bag }],
    discriminator: { propertyName: "kind", mapping: { box, bag } },
  });
  expect(components["OrderPage"]).toMatchObject({
    properties: { items: { items: { $ref: "#/components/schemas/Order" } } },
  });
});

test("gives a variant the texts of the schema that it replaces, and a field those of its form", () => {
  const { components } = collect();
  expect(components["BoxOrder"]).toMatchObject({
    description: "An order.",
    properties: {
      kind: { const: "box", examples: ["box"] },
      label: { description: "What is written on it.", examples: ["Fragile"] },
      content: { properties: { size: { description: "Size. In metres.", examples: [2] } } },
    },
  });
});

test("takes an example by path before one by name, and makes none for what has parts", () => {
  const { components } = collect();
  expect(components["BagOrder"]).toMatchObject({
    properties: {
      label: { examples: ["Light"] },
      content: { properties: { colours: { examples: [["red"]] } } },
    },
  });
  const page = JSON.parse(JSON.stringify(components["OrderPage"]));
  expect(page.properties.total.examples).toEqual([7]);
  expect(page.properties.isLast.examples).toEqual([true]);
  expect(page.properties.items.examples).toBeUndefined();
});

test("makes an example of a body for each variant", () => {
  const { components } = collect();
  expect(variantExamples({ $ref: "#/components/schemas/Order" }, components)).toEqual({
    box: { value: { kind: "box", label: "Fragile", content: { size: 2 } } },
    bag: { value: { kind: "bag", label: "Light", content: { colours: ["red"] } } },
  });
  expect(variantExamples({ $ref: "#/components/schemas/OrderPage" }, components)).toBeUndefined();
});
