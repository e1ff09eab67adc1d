import { type SampleTable, identity } from '../sample-table.js';

/** Category, month weights are in season.ts; name, price in cents, popularity. */
const catalogue: Readonly<Record<string, readonly (readonly [name: string, cents: number, popularity: number])[]>> = {
  'Outdoor': [
    ['Trail Backpack 30 L', 8_900, 9], ['Two-Person Tent', 21_900, 4], ['Camping Stove', 5_400, 6], ['Insulated Bottle', 2_700, 14], ['Sleeping Bag', 12_900, 5], ['Headlamp', 3_400, 8], ['Folding Chair', 4_600, 7], ['Hiking Poles', 6_800, 5],
  ],
  'Kitchen': [
    ['Chef Knife', 7_400, 8], ['Cast Iron Pan', 4_900, 9], ['Espresso Maker', 15_900, 5], ['Cutting Board', 2_900, 10], ['Stand Mixer', 32_900, 3], ['Glass Storage Set', 3_900, 9], ['Digital Scale', 2_200, 7], ['Tea Kettle', 4_400, 8],
  ],
  'Office': [
    ['Standing Desk', 44_900, 3], ['Task Chair', 28_900, 4], ['Desk Lamp', 5_900, 8], ['Notebook Pack', 1_500, 16], ['Monitor Arm', 11_900, 5], ['Whiteboard', 8_400, 4], ['Cable Organizer', 1_200, 12], ['Footrest', 4_200, 4],
  ],
  'Electronics': [
    ['Wireless Headphones', 17_900, 9], ['Portable Charger', 3_900, 13], ['Smart Thermostat', 19_900, 4], ['Bluetooth Speaker', 8_900, 8], ['Webcam', 7_900, 6], ['Mechanical Keyboard', 12_400, 5], ['E-Reader', 13_900, 5], ['Weather Station', 9_900, 3],
  ],
  'Home': [
    ['Wool Blanket', 9_400, 7], ['Scented Candle', 1_800, 14], ['Wall Clock', 4_700, 5], ['Linen Sheets', 13_400, 5], ['Bath Towel Set', 5_200, 8], ['Door Mat', 2_600, 7], ['Plant Pot', 2_100, 10], ['Air Purifier', 23_900, 3],
  ],
  'Toys': [
    ['Wooden Train', 4_400, 7], ['Puzzle 1000', 2_200, 11], ['Building Blocks', 5_900, 9], ['Board Game', 3_800, 10], ['Kite', 2_600, 5], ['Science Kit', 4_900, 6],
  ],
};

/** A product as orders need it. */
export interface Product {
  readonly id: number;
  readonly category: string;
  /** Price in cents. */
  readonly price: number;
  readonly popularity: number;
}

export function productsTable(): { readonly table: SampleTable; readonly products: readonly Product[] } {
  const products = Object.entries(catalogue)
    .flatMap(([category, items]) => items.map(([name, price, popularity]) => ({ category, name, price, popularity })))
    .map((product, index) => ({ id: index + 1, ...product }));
  return {
    products,
    table: {
      schema: 'sales',
      name: 'products',
      comment: 'Products on offer.',
      columns: [
        { name: 'product_id', definition: identity, comment: 'Key of the product.' },
        { name: 'sku', definition: 'text NOT NULL', comment: 'Stock keeping unit, the number on the package.' },
        { name: 'name', definition: 'text NOT NULL', comment: 'Name of the product.' },
        { name: 'category', definition: 'text NOT NULL', comment: 'Category in the shop.' },
        { name: 'list_price', definition: 'numeric(10,2) NOT NULL', comment: 'Price for one before any discount, in US dollars.' },
        { name: 'unit_cost', definition: 'numeric(10,2) NOT NULL', comment: 'What one costs to buy in, in US dollars.' },
      ],
      constraints: ['ADD CONSTRAINT products_sku_key UNIQUE (sku)', 'ADD CONSTRAINT products_name_key UNIQUE (name)', 'ADD CONSTRAINT products_prices_check CHECK (list_price > 0 AND unit_cost > 0)'],
      rows: products.map(({ id, category, name, price }) => [id, `${category.slice(0, 3).toUpperCase()}-${1_000 + id * 7}`, name, category, money(price), money(Math.round(price * (48 + ((id * 7) % 23)) / 100))]),
    },
  };
}

/** Cents as a decimal number of dollars. */
export function money(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}
